/** A program beside the benchmark: it says `ready`, takes commands as lines, and prints what it measured when its input ends. */
import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { atExit } from './children'

export interface Program {
  send(line: string): void
  /** Ends its input; resolves with the numbers that it prints. */
  finish(): Promise<number[]>
  kill(): void
}

const patienceMillis = 60_000

/** Resolves when it is ready. */
export async function startProgram(command: string, args: readonly string[]): Promise<Program> {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  const kill = () => void child.kill('SIGKILL')
  const forget = atExit(kill)
  child.once('exit', forget)
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const next = async () => {
    const line = await withPatience(lines.next(), `${command} ${args[0]}`)
    if (line.done) throw new Error(`${command} ${args[0]} ended with ${await ended(child)}`)
    return line.value
  }
  if ((await next()) !== 'ready') throw new Error(`${command} ${args[0]} does not say that it is ready`)
  return {
    send: (line) => void child.stdin.write(`${line}\n`),
    async finish() {
      child.stdin.end()
      const stamps: number[] = JSON.parse(await next())
      await ended(child)
      return stamps
    },
    kill,
  }
}

const ended = (child: ChildProcess) =>
  child.exitCode ?? child.signalCode ?? new Promise((resolve) => child.once('exit', (code, signal) => resolve(code ?? signal)))

function withPatience<T>(waited: Promise<T>, who: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${who} did not answer in ${patienceMillis / 1000} s`)), patienceMillis)
  })
  return Promise.race([waited, late]).finally(() => clearTimeout(timer))
}
