/** One command in a process group of its own: the payload on its stdin, its last line of stderr as what it has to say. */
import { type ChildProcess, spawn } from 'node:child_process'
import { plainText } from '#protocol/plainText'
import { ownGroup, signalGroup } from '../processGroup'

/** Of what a command writes to stderr the end is kept. */
const tailBytes = 4096
const longestReason = 200
/** Real ms that a command has between being asked to end and being ended. */
const politeMs = 1000
/** Real ms for the rest of stderr after the exit: another process may hold it open for ever. */
const drainMs = 250

export interface CommandTask {
  readonly command: string
  readonly payload: Uint8Array
  readonly env: Readonly<Record<string, string | undefined>>
  /** Real seconds; null: no limit. */
  readonly timeout: number | null
}

/**
 * How it ended. reason: null where the exit code was 0, else one line. missing: the shell did not find the command. unstarted: not even the shell
 * could be started, by no fault of the task.
 */
export interface CommandEnd {
  readonly reason: string | null
  readonly missing: boolean
  readonly unstarted: boolean
}

export class Command {
  /** Resolves when the process has ended; never rejects. */
  readonly ended: Promise<CommandEnd>
  readonly #child: ChildProcess
  #tail = Buffer.alloc(0)
  #late = false

  constructor({ command, payload, env, timeout }: CommandTask) {
    // All that it starts is ended with it, and Ctrl+C in a terminal is heard by us alone.
    this.#child = spawn(command, { ...ownGroup, shell: true, stdio: ['pipe', 'inherit', 'pipe'], env: { ...env } })
    const { stdin, stderr } = this.#child
    // A command that does not read its payload may close it; how it ends is told by its exit code.
    stdin?.on('error', () => undefined)
    stdin?.end(payload)
    stderr?.on('data', (data: Buffer) => {
      this.#tail = Buffer.concat([this.#tail, data]).subarray(-tailBytes)
    })
    const timer = timeout === null ? undefined : setTimeout(() => this.#overrun(), timeout * 1000)
    this.ended = new Promise<CommandEnd>((resolve) => {
      this.#child.once('error', (error: NodeJS.ErrnoException) => {
        if (this.#child.pid === undefined) resolve({ reason: error.code ?? error.message, missing: false, unstarted: true })
      })
      this.#child.once('exit', (code, signal) => {
        if (this.#late) this.kill()
        const done = () => resolve(this.#end(code, signal, timeout))
        if (code === 0 && !this.#late) done()
        else {
          this.#child.once('close', done)
          setTimeout(done, drainMs).unref()
        }
      })
    }).finally(() => {
      clearTimeout(timer)
      stderr?.destroy()
    })
  }

  /** Ends the command and all that it started, at once. */
  kill(): void {
    signalGroup(this.#child, 'SIGKILL')
  }

  #overrun(): void {
    this.#late = true
    signalGroup(this.#child, 'SIGTERM')
    const force = setTimeout(() => this.kill(), politeMs)
    void this.ended.then(() => clearTimeout(force))
  }

  #end(code: number | null, signal: string | null, timeout: number | null): CommandEnd {
    const missing = code === 126 || code === 127
    if (this.#late) return { reason: `took longer than ${timeout} s and was ended`, missing: false, unstarted: false }
    if (code === 0) return { reason: null, missing: false, unstarted: false }
    const said = lastLine(this.#tail.toString())
    const how = signal ? `ended by ${signal}` : `exit code ${code}`
    return { reason: said === '' ? how : said, missing, unstarted: false }
  }
}

/** The last line that is not empty. */
function lastLine(text: string): string {
  const lines = text.split(/\r\n|\r|\n/).map((line) => line.trim())
  return plainText(lines.filter((line) => line !== '').pop() ?? '', longestReason)
}
