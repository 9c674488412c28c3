/** What the consumers wrote down: one file, appended to by all of them, so that it survives any of them. */
import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

export class Ledger {
  readonly file = join(mkdtempSync(join(tmpdir(), 'loopscope-ledger-')), 'ledger')
  readonly finished = new Set<string>()
  /** uid → process ids of its runs, in the order of their starts. */
  readonly runs = new Map<string, number[]>()
  /** Process ids of consumers that got no time from the machine, or no answer from the server, for a while. */
  readonly starved = new Set<number>()
  readonly #file: number
  readonly #buffer = Buffer.alloc(1 << 16)
  #rest = ''

  constructor() {
    writeFileSync(this.file, '')
    this.#file = openSync(this.file, 'r')
  }

  get started(): number {
    return this.runs.size
  }

  /** Reads what was added since. */
  read(): this {
    for (;;) {
      const length = readSync(this.#file, this.#buffer, 0, this.#buffer.length, null)
      if (length === 0) return this
      const lines = (this.#rest + this.#buffer.toString('latin1', 0, length)).split('\n')
      this.#rest = lines.pop() ?? ''
      for (const line of lines) this.#take(line)
    }
  }

  close(): void {
    closeSync(this.#file)
    rmSync(dirname(this.file), { recursive: true, force: true })
  }

  #take(line: string): void {
    const [kind, uid = '', pid] = line.split(' ')
    if (kind === 'F') this.finished.add(uid)
    if (kind === 'P') this.starved.add(Number(pid))
    if (kind !== 'S') return
    const runs = this.runs.get(uid) ?? []
    runs.push(Number(pid))
    this.runs.set(uid, runs)
  }
}
