/** A task is a command of the system, run by its shell. The thread that takes the tasks is not this one. */
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { SourceReport } from '#protocol/messages'
import { SourceLine } from '../engine/sourceLine'
import { workersFolder } from '../places'
import type { CommandConsumerData, FromCommandConsumer, ToCommandConsumer } from '../sources/commandMessages'
import { Command, type CommandEnd } from './command'
import { urlVariable, type WorkerOptions } from './workerOptions'
import type { Workplace } from './workplace'

export class AsCommands implements Workplace {
  readonly line: SourceLine
  readonly broken: Promise<string>
  readonly #thread: Worker
  readonly #gone: Promise<string>
  readonly #running = new Set<Command>()
  readonly #command: string
  readonly #timeout: number | null
  readonly #env: Readonly<Record<string, string | undefined>>
  #break: (sentence: string) => void = () => undefined
  /** The shell has found the command at least once, so that it is there. */
  #found = false
  #abandoned = false

  constructor({ url, queue, concurrency, feed, exec, timeout }: WorkerOptions, onStatus: (status: SourceReport) => void) {
    this.#command = exec ?? ''
    this.#timeout = timeout
    // Commands have no need of the server's password.
    this.#env = { ...process.env, [urlVariable]: undefined, LOOPSCOPE_QUEUE: queue }
    this.line = new SourceLine(onStatus, () => undefined, concurrency)
    const workerData: CommandConsumerData = {
      line: { port: this.line.consumerEnd, ask: false, feed, kind: 'worker' },
      settings: { url, queue, concurrency },
    }
    this.#thread = new Worker(join(workersFolder, 'commandConsumer.cjs'), { workerData, transferList: [this.line.consumerEnd] })
    this.#thread.on('message', (item: FromCommandConsumer) => this.#run(item))
    this.#gone = new Promise((resolve) => {
      this.#thread.once('error', (error: Error) => resolve(error.message))
      this.#thread.once('exit', () => resolve('the thread of the queue ended'))
    })
    const refused = new Promise<string>((resolve) => {
      this.#break = resolve
    })
    this.broken = Promise.race([refused, this.#gone.then((reason) => `No task can be taken: ${reason}.`)])
  }

  abandon(): void {
    this.#abandoned = true
    for (const command of this.#running) command.kill()
  }

  async close(): Promise<void> {
    await this.#gone
  }

  #run({ id, ord, attempt, payload }: FromCommandConsumer): void {
    if (this.#abandoned) return
    const told = { LOOPSCOPE_ORD: String(ord), LOOPSCOPE_ATTEMPT: String(attempt), LOOPSCOPE_BYTES: String(payload.length) }
    const task = { command: this.#command, payload, env: { ...this.#env, ...told }, timeout: this.#timeout }
    let command: Command
    try {
      command = new Command(task)
    } catch (error) {
      // Some of what the system refuses comes so, and not as an event.
      this.#cannotStart(error instanceof Error ? error.message : String(error))
      return
    }
    this.#running.add(command)
    void command.ended.then((end) => {
      this.#running.delete(command)
      if (!this.#abandoned) this.#tell(id, end)
    })
  }

  #cannotStart(reason: string): void {
    this.#break(
      `No command can be started here (${reason}): allow this user more processes, files and memory, or take a lower --concurrency. The tasks go back to the queue.`,
    )
  }

  /** What is not the task's fault keeps it from the dead letters: it is given back, and the worker ends. */
  #tell(id: number, { reason, missing, unstarted }: CommandEnd): void {
    if (unstarted) this.#cannotStart(reason ?? '')
    else if (missing && !this.#found)
      this.#break(`--exec: the shell cannot run this command (${reason}): correct it. The tasks go back to the queue.`)
    else {
      this.#found = true
      const message: ToCommandConsumer = { id, reason }
      this.#thread.postMessage(message)
    }
  }
}
