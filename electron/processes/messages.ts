/** Between a programme, the engine and the processes of a pool. `process` is the id of a process's lane. */
import type { Mark } from '../threads/markRing'

/** Items that one process works off one after another, as a task of the run. */
export interface Chunk {
  readonly task: number
  /** Name of the function that is called with each item. */
  readonly target: string
  readonly items: readonly unknown[]
}

/** One value for each item; or the first error, in its words, which ended the chunk. */
export type ChunkResult =
  | { readonly values: readonly unknown[]; readonly error: null }
  | { readonly values: null; readonly error: string }

/** Programme → engine. */
export type ToProcesses =
  | { readonly type: 'spawn'; readonly process: number; readonly name: string; readonly serverUrl: string | null }
  | { readonly type: 'run'; readonly process: number; readonly chunk: Chunk }
  | { readonly type: 'kill'; readonly process: number }
  /** Compare the clocks of all that have loaded. */
  | { readonly type: 'compare' }

/** Why a process ended: killed from outside; or by the engine, for it said what no process of a pool says. */
export type EndOfProcess = 'outside' | 'nonsense'

/** What came of a process. */
export type ProcessNews =
  | { readonly type: 'loaded'; readonly process: number }
  | { readonly type: 'ran'; readonly process: number; readonly result: ChunkResult }
  /** It has ended, and main did not ask for that. */
  | { readonly type: 'gone'; readonly process: number; readonly why: EndOfProcess }

/** Engine → programme. */
export type FromProcesses = ProcessNews | { readonly type: 'compared' }

/** What a process must know before it can be anything. */
export interface ChildStart {
  readonly lane: number
  /** Its title for the system's own lists of processes. */
  readonly name: string
  readonly epoch: bigint
  readonly speed: number
  readonly workersDir: string
  /** The server to open a connection to; null: the programme has none. */
  readonly serverUrl: string | null
}

/** Engine → process. */
export type ToChild =
  | { readonly type: 'start'; readonly start: ChildStart }
  | { readonly type: 'ping' }
  | { readonly type: 'run'; readonly chunk: Chunk }

/** Process → engine. Marks carry the time at which they were written. */
export type FromChild =
  | { readonly type: 'loaded' }
  /** Nanoseconds on the process's clock. */
  | { readonly type: 'pong'; readonly reading: number }
  | { readonly type: 'marks'; readonly marks: readonly Mark[] }
  | { readonly type: 'ran'; readonly marks: readonly Mark[]; readonly result: ChunkResult }

/** A process of the system as its host holds it; each host has its own way to start one. */
export interface ChildLine {
  send(message: ToChild): void
  /** What comes is no `FromChild` before it has been checked: the process runs code of others. */
  onMessage(listener: (message: unknown) => void): void
  /** Called once, whatever ended it; also where it could not be started at all. */
  onExit(listener: () => void): void
  /** At once, whatever it does. */
  kill(): void
}

/** Runs `file`, a bundle, in a process that ends with this one, whatever ends this one. */
export type SpawnProcess = (file: string) => ChildLine
