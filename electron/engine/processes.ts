/** The processes of one run: started by the host's own means, heard, and ended with the run. What they and the programme say passes through here. */
import { join } from 'node:path'
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import type { ChildLine, FromProcesses, SpawnProcess, ToProcesses } from '../processes/messages'
import { clock, type Mark } from '../threads/markRing'
import { ProcessDoor } from './processDoor'

/** Readings that compare a process's clock with ours; the closest counts. */
const readings = 8

export interface ProcessesOptions {
  readonly spawn: SpawnProcess
  readonly workersDir: string
  readonly epoch: bigint
  readonly speed: number
  readonly onMarks: (marks: readonly Mark[]) => void
  /** So many marks of the process of that lane are none. */
  readonly onRefusedMarks: (lane: number, count: number) => void
  /** Main may be waiting for what was just said. */
  readonly wakeMain: () => void
}

interface Child {
  readonly line: ChildLine
  readonly door: ProcessDoor
  /** Ended by us, for it said what it may not. */
  disowned: boolean
}

export class Processes {
  /** For the programme. */
  readonly programmeEnd: MessagePort
  /** Within how many real seconds the processes' clocks agreed with ours, at worst; null before one was read. */
  clockErrorSeconds: number | null = null
  readonly #port: MessagePort
  readonly #children = new Map<number, Child>()
  #answered: (reading: number) => void = () => undefined
  #closed = false

  constructor(readonly options: ProcessesOptions) {
    const { port1, port2 } = new MessageChannel()
    this.#port = port1
    this.programmeEnd = port2
    port1.on('message', (message: ToProcesses) => this.#obey(message))
  }

  /** Ends all of them at once. */
  close(): void {
    this.#closed = true
    this.#port.close()
    for (const lane of [...this.#children.keys()]) this.#kill(lane)
  }

  #obey(message: ToProcesses): void {
    switch (message.type) {
      case 'spawn':
        this.#spawn(message)
        break
      case 'run':
        this.#run(message)
        break
      case 'kill':
        this.#kill(message.process)
        break
      case 'compare':
        void this.#compareClocks().then(() => this.#tell({ type: 'compared' }))
        break
    }
  }

  #spawn({ process: lane, name, serverUrl }: Extract<ToProcesses, { type: 'spawn' }>): void {
    if (this.#closed) return
    const { spawn, workersDir, epoch, speed } = this.options
    const child = spawn(join(workersDir, 'child.cjs'))
    const held: Child = { line: child, door: new ProcessDoor(lane), disowned: false }
    this.#children.set(lane, held)
    child.onMessage((message) => this.#hear(lane, held, message))
    child.onExit(() => {
      if (this.#children.delete(lane)) this.#tell({ type: 'gone', process: lane, why: held.disowned ? 'nonsense' : 'outside' })
    })
    child.send({ type: 'start', start: { lane, name, epoch, speed, workersDir, serverUrl } })
  }

  #run({ process: lane, chunk }: Extract<ToProcesses, { type: 'run' }>): void {
    const child = this.#children.get(lane)
    child?.door.handed(chunk)
    child?.line.send({ type: 'run', chunk })
  }

  #hear(lane: number, child: Child, received: unknown): void {
    // What was on its way when it was ended is nobody's news.
    if (child.disowned || this.#children.get(lane) !== child) return
    const heard = child.door.hear(received, clock(this.options.epoch))
    if (!heard) {
      child.disowned = true
      child.line.kill()
      return
    }
    const { message, refused } = heard
    if (refused > 0) this.options.onRefusedMarks(lane, refused)
    switch (message.type) {
      case 'loaded':
        this.#tell({ type: 'loaded', process: lane })
        break
      case 'pong':
        this.#answered(message.reading)
        break
      case 'marks':
        this.options.onMarks(message.marks)
        break
      case 'ran':
        this.options.onMarks(message.marks)
        this.#tell({ type: 'ran', process: lane, result: message.result })
        break
    }
  }

  /**
   * All processes of a machine read one clock, and marks are taken as they are: this measures how well that is known. One process after another, when
   * none of them loads any more: a process that is off its core answers late.
   */
  async #compareClocks(): Promise<void> {
    for (const child of this.#children.values()) {
      let best = Number.POSITIVE_INFINITY
      for (let n = 0; n < readings; n++) best = Math.min(best, await this.#reading(child))
      this.clockErrorSeconds = Math.max(this.clockErrorSeconds ?? 0, best / 1e9)
    }
  }

  /** Half the round trip, and by how much the process's reading lay outside of it. */
  async #reading({ line, door }: Child): Promise<number> {
    const sent = clock(this.options.epoch)
    const answer = new Promise<number>((resolve) => {
      this.#answered = resolve
    })
    door.pinged()
    line.send({ type: 'ping' })
    const reading = await answer
    const back = clock(this.options.epoch)
    return (back - sent) / 2 + Math.max(0, sent - reading, reading - back)
  }

  #kill(lane: number): void {
    const child = this.#children.get(lane)
    // Its end is no news then.
    this.#children.delete(lane)
    child?.line.kill()
  }

  #tell(message: FromProcesses): void {
    if (this.#closed) return
    this.#port.postMessage(message)
    this.options.wakeMain()
  }
}
