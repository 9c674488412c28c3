/** Counts every command that leaves, with the time until its answer. */
import type { SentCommand } from '#protocol/watchReport'

interface Line {
  count: number
  refused: number
  totalMillis: number
  longestMillis: number
}

/** A queue has eight keys of its own and two for each consumer: what goes beyond is one line. */
const mostLines = 300
const others = '…'

export class Receipt {
  readonly #lines = new Map<string, Line>()

  /** Returns what is to be called at the answer. `key`: null where the command has none. */
  sent(name: string, key: string | null): (refused: boolean) => void {
    const line = this.#line(key === null ? name : `${name} ${key}`)
    line.count += 1
    const at = performance.now()
    return (refused) => {
      const millis = performance.now() - at
      if (refused) line.refused += 1
      line.totalMillis += millis
      line.longestMillis = Math.max(line.longestMillis, millis)
    }
  }

  get lines(): SentCommand[] {
    return [...this.#lines].map(([command, { count, refused, totalMillis, longestMillis }]) => ({
      command,
      count,
      refused,
      totalSeconds: totalMillis / 1000,
      longestSeconds: longestMillis / 1000,
    }))
  }

  #line(command: string): Line {
    const name = this.#lines.has(command) || this.#lines.size < mostLines ? command : others
    const known = this.#lines.get(name)
    if (known) return known
    const made = { count: 0, refused: 0, totalMillis: 0, longestMillis: 0 }
    this.#lines.set(name, made)
    return made
  }
}

/** `LLEN queue: 12 times, 0.31 ms on average, 0.9 ms at most`, for people at a terminal. */
export function receiptLine({ command, count, refused, totalSeconds, longestSeconds }: SentCommand): string {
  const millis = (seconds: number) => `${(seconds * 1000).toFixed(2)} ms`
  const times = count === 1 ? 'once' : `${count} times`
  const no = refused > 0 ? `, ${refused} refused` : ''
  return `${command}: ${times}${no}, ${millis(totalSeconds / count)} on average, ${millis(longestSeconds)} at most`
}
