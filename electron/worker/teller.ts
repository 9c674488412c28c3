/** What a worker says on stderr: at most one line a second, the latest sentence before the counts, and only what is new. */
import type { SourceReport } from '#protocol/messages'

/** Real ms. */
const gap = 1000

const number = (value: number) => value.toLocaleString('en')

export class Teller {
  #report: SourceReport | null = null
  #sentence: string | null = null
  #said = ''
  #saidCounts = ''
  #at = Number.NEGATIVE_INFINITY
  #timer: NodeJS.Timeout | null = null
  #connected = false

  constructor(private readonly write: (line: string) => void) {}

  report(report: SourceReport): void {
    this.#report = report
    const { phase, reason, warning, address } = report
    if (phase === 'unreachable' || phase === 'refused') {
      this.#connected = false
      this.say(reason?.en ?? `Redis at ${address} does not answer.`)
    } else if (phase === 'consuming' && !this.#connected) {
      this.#connected = true
      this.say(`Connected to ${address}.${warning ? ` ${warning.en}` : ''}`)
    }
    this.#plan()
  }

  say(sentence: string): void {
    if (sentence === this.#said) return
    this.#said = sentence
    this.#sentence = sentence
    this.#plan()
  }

  /** The last counts, and why it ends where that is not what was wanted, whenever the last line was. */
  close(problem = ''): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
    const sentence = problem || this.#sentence
    if (sentence) this.write(sentence)
    const counts = this.#counts()
    if (counts !== null && counts !== this.#saidCounts) this.write(counts)
  }

  #plan(): void {
    if (this.#timer) return
    const wait = this.#at + gap - performance.now()
    if (wait <= 0) this.#tell()
    else {
      this.#timer = setTimeout(() => {
        this.#timer = null
        this.#tell()
      }, wait)
    }
  }

  #tell(): void {
    const counts = this.#counts()
    const line = this.#sentence ?? (counts === this.#saidCounts ? null : counts)
    if (line === null) return
    if (this.#sentence === null) this.#saidCounts = line
    this.#sentence = null
    this.#at = performance.now()
    this.write(line)
    // What came with the sentence is said a second later.
    this.#plan()
  }

  #counts(): string | null {
    if (!this.#report) return null
    const { inFlight, finished, failed, waiting } = this.#report
    const left = waiting === null ? '' : `, ${number(waiting)} waiting`
    return `${number(inFlight)} running, ${number(finished)} finished, ${number(failed)} failed${left}.`
  }
}
