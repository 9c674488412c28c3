/** Dead letters → a file of JSON, written as they come: what is in it already is never looked at again. */
import type { WholeDeadLetter } from '#protocol/deadLetters'

export class DeadLettersFile {
  readonly #pieces: string[] = []
  #count = 0

  constructor(queue: string, address: string, savedAt: Date) {
    const head = { queue, address, savedAt: savedAt.toISOString() }
    this.#pieces.push(`${JSON.stringify(head).slice(0, -1)},"deadLetters":[`)
  }

  add(letters: readonly WholeDeadLetter[]): void {
    for (const { ord, at, reason, consumer, deaths, bytes, encoding, payload } of letters) {
      const when = at === null ? null : isoOf(at)
      const letter = { ord, at: when, reason, consumer, deaths, bytes, encoding, payload }
      this.#pieces.push(`${this.#count++ > 0 ? ',' : ''}\n${JSON.stringify(letter)}`)
    }
  }

  end(): Blob {
    return new Blob([...this.#pieces, '\n]}\n'], { type: 'application/json' })
  }
}

/** Null: so many ms are no date. */
function isoOf(ms: number): string | null {
  const date = new Date(ms)
  return Number.isNaN(date.getTime()) ? null : date.toISOString()
}
