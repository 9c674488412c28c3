/** `multiprocessing.Pool`: real processes, to which main hands work in chunks. */
import { receiveMessageOnPort } from 'node:worker_threads'
import { here } from '../threads/context'
import { noResource } from '../threads/controlBlock'
import { type AnyFunction, nameOf, plainName } from '../threads/handles'
import { print } from '../threads/time'
import { chunkSize } from './chunks'
import type { EndOfProcess, ProcessNews } from './messages'
import { type ProcessLine, processLine } from './processLine'

interface Work {
  /** From 0. */
  readonly index: number
  /** `chunk-3 (9–12)`: its number and those of its items, from 1. */
  readonly name: string
  readonly items: readonly unknown[]
  /** Processes that ended while they worked on it. */
  deaths: number
}

const endWords: Readonly<Record<EndOfProcess, { readonly onBar: string; readonly printed: string }>> = {
  outside: { onBar: 'its process was killed', printed: 'was killed' },
  nonsense: {
    onBar: 'its process said what cannot be, and was ended',
    printed: 'said what no process of a pool says, and was ended',
  },
}

/** Then it is to blame itself. */
const deathsOfAChunk = 3

interface Process {
  readonly lane: number
  readonly name: string
  /** A process that dies before that is not replaced: the next would fare no better. */
  loaded: boolean
  work: Work | null
  /** The task that its work is. */
  task: number
}

export class Pool {
  readonly #line: ProcessLine = processLine()
  readonly #processes = new Map<number, Process>()
  readonly #size: number
  #named = 0

  /** So many processes; those that the scenario named were started before the run. */
  constructor(processes: number) {
    this.#size = processes
    for (let n = 0; n < processes; n++) this.#add()
  }

  /**
   * What `target`, a function that the scenario exports, makes of each item, in the order of the items. Blocks until all are done; then throws the
   * first error, if there was one. Items and values must be cloneable data.
   */
  map<T, R>(target: (item: T) => R, items: readonly T[]): R[] {
    const run = nameOf(target as AnyFunction)
    const queue = cut(items, chunkSize(items.length, this.#size))
    const values: (readonly unknown[])[] = []
    let left = queue.length
    let failure: string | null = null
    while (left > 0) {
      for (const idle of this.#idle()) this.#hand(idle, run, queue)
      const message = this.#next()
      const process = this.#processes.get(message.process)
      if (!process) continue
      if (message.type === 'loaded') process.loaded = true
      else if (message.type === 'gone') {
        if (this.#replace(process, message.why, queue)) continue
        left--
        failure ??= `${process.work!.name}: ${deathsOfAChunk} processes ended while they worked on it`
      } else {
        left--
        failure ??= message.result.error
        values[process.work!.index] = message.result.values ?? []
        process.work = null
      }
    }
    if (failure !== null) throw new Error(failure)
    return values.flat() as R[]
  }

  /** Ends the processes, whatever they do. */
  terminate(): void {
    for (const lane of this.#processes.keys()) this.#line.kill(lane)
    this.#processes.clear()
  }

  #add(): void {
    const name = `process-${++this.#named}`
    const ready = this.#line.ready.shift()
    const lane = ready ?? this.#line.spawn(name)
    here().lane(lane, 'process', name)
    this.#processes.set(lane, { lane, name, loaded: ready !== undefined, work: null, task: -1 })
  }

  #idle = () => [...this.#processes.values()].filter(({ loaded, work }) => loaded && work === null)

  #hand(process: Process, target: string, queue: Work[]): void {
    const work = queue.shift()
    if (!work) return
    const me = here()
    process.work = work
    process.task = me.newTask(process.lane, work.name, plainName(target), 'ready')
    this.#line.run(process.lane, { task: process.task, target, items: work.items })
  }

  /** The engine wakes main after each message. */
  #next(): ProcessNews {
    let message: ProcessNews | undefined
    here().block('waiting', 'pool', noResource, () => {
      message = receiveMessageOnPort(this.#line.port)?.message as ProcessNews | undefined
      return message !== undefined
    })
    return message!
  }

  /**
   * CPython's pool replaces the process, too; but there the chunk that was lost is never done, and map waits for ever. False: the chunk is given up.
   */
  #replace({ lane, name, loaded, work, task }: Process, why: EndOfProcess, queue: Work[]): boolean {
    this.#processes.delete(lane)
    if (loaded) this.#add()
    if (this.#processes.size === 0) throw new Error('no process of the pool could be started')
    if (!work) return true
    const { onBar, printed } = endWords[why]
    here().end(task, lane, 'killed', onBar)
    const what = `${name} ${printed}`
    if (++work.deaths === deathsOfAChunk) {
      print(`${what}, the third that worked on ${work.name}: it is given up.`)
      return false
    }
    queue.unshift(work)
    print(`${what}; ${work.name} is given to another process. Python’s Pool.map would wait for ever.`)
    return true
  }
}

function cut(items: readonly unknown[], size: number): Work[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) => {
    const part = items.slice(index * size, (index + 1) * size)
    const first = index * size + 1
    const range = part.length === 1 ? first : `${first}–${first + part.length - 1}`
    return { index, name: `chunk-${index + 1} (${range})`, items: part, deaths: 0 }
  })
}
