/** Everything that crosses between engine and page, beside frames (frame.ts). Both unions are closed by `unreachable` where they are read. */
import type { LocalText, ScenarioInfo } from './catalogue'
import type { DeadLetterAnswer, DeadLetterRequest } from './deadLetters'
import type { Parameters } from './parameters'
import type { Settings, SettingsChange } from './settings'
import type { WatchReport } from './watchReport'

/** Unique for the life of the engine. */
export type RunId = number & { readonly __id: 'run' }

/** preparing: threads are being warmed. stopping: stop was asked, threads are leaving. The last three are final. */
export type RunPhase = 'preparing' | 'running' | 'stopping' | 'finished' | 'stopped' | 'failed'

export interface RunInfo {
  readonly id: RunId
  readonly scenario: string
  /** URLs without their password. */
  readonly parameters: Parameters
  readonly speed: number
  readonly phase: RunPhase
  /** Runs that were started together share it and count from a common zero; null: a run of its own. */
  readonly group: number | null
  /** Null where the programme never ends. */
  readonly idealSeconds: number | null
  /** The ideal's formula with the parameters put in, `5 × (2 + 2)`; null where it never ends. */
  readonly idealFormula: string | null
  /** Last end of anything started, programme seconds; null until the run is over. */
  readonly totalSeconds: number | null
  /** Why the run failed, one sentence; else null. */
  readonly error: string | null
  /** It was made up from a seed, to have so many spans, and nothing of it was measured; null: it is a real run. */
  readonly synthetic: { readonly seed: number; readonly spans: number } | null
  readonly measured: Measured
}

/** How well the run is measured. All real seconds. */
export interface Measured {
  /** Half the shortest round trip between two threads so far, over which their readings of the process's one clock agreed. Null until measured. */
  readonly clockErrorSeconds: number | null
  /** Mean cost of one mark, timed in the run's own programme thread before it starts. Null until measured. */
  readonly markCostSeconds: number | null
  /** How late sleeps, timers and timeouts ended, where nothing but their due time ended them. Null: none has. */
  readonly lateness: Lateness | null
  /** Marks that found their ring full and were lost. */
  readonly droppedMarks: number
  readonly marks: number
  /** Segments, markers and lines of output in the history: who has as many of them has the whole run. */
  readonly rows: number
  /** Largest distance between the zeros of the runs of one group; null outside groups. */
  readonly startedApartSeconds: number | null
}

/** Real seconds. */
export interface Lateness {
  readonly count: number
  readonly medianSeconds: number
  readonly largestSeconds: number
}

/**
 * connecting → asking (the key holds items: watch or consume?) → consuming or watching; paused: nothing is taken, what runs runs on; unreachable: tried
 * again at nextAttemptInSeconds.
 */
export type SourcePhase =
  | 'connecting'
  | 'asking'
  | 'consuming'
  | 'paused'
  | 'watching'
  | 'unreachable'
  | 'refused'
  | 'memory'
  | 'stopped'

/** What a server that refused does not accept: user or password; the key, which holds something else; all other is what the server itself cannot do now. */
export const refusals = ['user', 'key', 'server'] as const
export type Refusal = (typeof refusals)[number]

/** none: no server program was found here, or this system cannot end it with the app. inUse: it runs, and this run's queue is on it. */
export type PrivateServerState = 'none' | 'available' | 'running' | 'inUse'

/** What a run's consumer knows of its queue. */
export interface SourceReport {
  readonly phase: SourcePhase
  /** `127.0.0.1:6379`; never a password. */
  readonly address: string
  readonly queue: string
  /** Items in the list and items to be taken once more, where known. */
  readonly waiting: number | null
  readonly inFlight: number
  readonly finished: number
  readonly failed: number
  /** Items of consumers that are gone, put back to be taken once more. */
  readonly recovered: number
  /** Dead letters of this queue, also those that other consumers buried; null: not known, or the queue keeps none. */
  readonly deadLetters: number | null
  /** One sentence from the server or the socket while unreachable or refused; else null. */
  readonly reason: LocalText | null
  /** Null unless the phase is `refused`. */
  readonly refusal: Refusal | null
  /** One sentence on what may go wrong though it works, and its remedy; else null. */
  readonly warning: LocalText | null
  /** Attempts since the connection was lost; 0 while connected. */
  readonly attempt: number
  /** Real seconds until the next attempt, counted from when this was sent; null: none is planned. */
  readonly nextAttemptInSeconds: number | null
  /** Only of a queue that is looked at and not taken from. */
  readonly watch?: WatchReport | undefined
}

/** How much a consumer takes: it is given at the start, and changed while it runs. */
export interface SourceLimits {
  /** At most so many items are taken and not yet done. */
  readonly concurrency: number
  /** Nothing is taken; what was taken goes on. */
  readonly paused: boolean
}

export interface SourceStatus extends SourceReport, SourceLimits {
  /** A Redis of the app's own, for where none answers. */
  readonly privateServer: PrivateServerState
}

export interface HostInfo {
  readonly kind: 'electron' | 'browser'
  /** "Electron 45.4.1" or "Node 20.20.2". */
  readonly runtime: string
  readonly version: string
}

export interface StartRequest {
  readonly scenario: string
  readonly parameters: Parameters
}

/** Page → engine. */
export type EngineCommand =
  /** First message of a page, also after a reload: the engine answers with `welcome` and sends every run's history from its beginning. */
  | { readonly type: 'attach' }
  /** One scenario, or several as a contrast with a common zero. */
  | { readonly type: 'start'; readonly scenarios: readonly StartRequest[]; readonly speed: number }
  | { readonly type: 'stop'; readonly runs: readonly RunId[] }
  /** The run is no longer shown: its history may go. */
  | { readonly type: 'forget'; readonly runs: readonly RunId[] }
  /** Frame `sequence` and all before it were appended to the page's store. */
  | { readonly type: 'ack'; readonly sequence: number }
  /** A hidden page gets fewer frames; nothing is lost. */
  | { readonly type: 'visible'; readonly visible: boolean }
  /** Push payloads to the run's queue, as `LPUSH key payload…` does. */
  | { readonly type: 'push'; readonly run: RunId; readonly payloads: readonly string[] }
  /** Answer to phase `asking`. */
  | { readonly type: 'answer'; readonly run: RunId; readonly choice: 'watch' | 'consume' }
  /** While unreachable: try at once, or go on with a queue in memory, or on a Redis of the app's own. */
  | { readonly type: 'source'; readonly run: RunId; readonly action: 'retry' | 'memory' | 'private' }
  /** From now on; what runs goes on. */
  | { readonly type: 'limit'; readonly run: RunId; readonly concurrency: number; readonly paused: boolean }
  /** Answered to this page alone, with the same id. */
  | { readonly type: 'dead'; readonly run: RunId; readonly id: number; readonly request: DeadLetterRequest }
  /** To be remembered, and told to every page. Addresses come with their passwords as far as the person has just typed them. */
  | { readonly type: 'settings'; readonly change: SettingsChange }

/** Engine → page. Frames travel on the same line, in order with these. */
export type EngineEvent =
  | {
      readonly type: 'welcome'
      readonly host: HostInfo
      readonly catalogue: readonly ScenarioInfo[]
      readonly runs: readonly RunInfo[]
      /** The scenario that the command line asked to be opened, ready to run; else null. Its values are in the settings. */
      readonly open: string | null
      readonly settings: Settings
      readonly warmThreads: number
    }
  /** New run or changed run. */
  | { readonly type: 'run'; readonly run: RunInfo }
  /** The history of these runs is gone. */
  | { readonly type: 'forgotten'; readonly runs: readonly RunId[] }
  | { readonly type: 'source'; readonly run: RunId; readonly status: SourceStatus }
  | { readonly type: 'dead'; readonly run: RunId; readonly id: number; readonly answer: DeadLetterAnswer }
  /** Some page changed the settings, perhaps this one. */
  | { readonly type: 'settings'; readonly change: SettingsChange }
  /** A sentence for the person, sent once. */
  | { readonly type: 'notice'; readonly text: LocalText }
  /** A command was not obeyed; one sentence says why and what is allowed. */
  | { readonly type: 'refused'; readonly command: EngineCommand['type'] | 'unknown'; readonly problem: LocalText }
  | { readonly type: 'warm'; readonly threads: number }
