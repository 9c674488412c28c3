/** A programme's line to its processes. The engine starts them, since only the host knows how, and passes on what is said. */
import type { MessagePort } from 'node:worker_threads'
import type { ThreadContext } from '../threads/context'
import type { Chunk, FromProcesses, ToProcesses } from './messages'

let line: ProcessLine | undefined

/** Throws where the scenario names no processes. */
export function processLine(): ProcessLine {
  if (!line) throw new Error('this programme has no processes: its scenario names none')
  return line
}

export class ProcessLine {
  /** Lanes of processes that have loaded and that nobody has taken. */
  readonly ready: number[] = []

  constructor(
    readonly port: MessagePort,
    readonly context: ThreadContext,
    readonly serverUrl: string | null,
  ) {}

  /** Starts a process; returns its lane. `loaded` is told when it can run something. */
  spawn(name: string): number {
    const lane = this.context.control.newLane()
    this.#post({ type: 'spawn', process: lane, name, serverUrl: this.serverUrl })
    return lane
  }

  run(lane: number, chunk: Chunk): void {
    this.#post({ type: 'run', process: lane, chunk })
  }

  kill(lane: number): void {
    this.#post({ type: 'kill', process: lane })
  }

  compareClocks(): void {
    this.#post({ type: 'compare' })
  }

  #post(message: ToProcesses): void {
    this.port.postMessage(message)
  }
}

/** Starts the processes before a programme begins; resolves when all have loaded, rejects with one sentence. */
export async function prepareProcesses(
  context: ThreadContext,
  port: MessagePort,
  count: number,
  serverUrl: string | null,
): Promise<void> {
  const made = new ProcessLine(port, context, serverUrl)
  for (let n = 1; n <= count; n++) made.spawn(`process-${n}`)
  await new Promise<void>((resolve, reject) => {
    port.on('message', (message: FromProcesses) => {
      if (message.type === 'gone') reject(new Error('one of its processes ended while it was being started'))
      else if (message.type === 'compared') resolve()
      else if (made.ready.push(message.process) === count) made.compareClocks()
    })
  })
  // From here on main blocks, and takes messages itself.
  port.removeAllListeners('message')
  made.ready.sort((a, b) => a - b)
  line = made
}
