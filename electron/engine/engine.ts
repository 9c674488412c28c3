import type { LocalText } from '#protocol/catalogue'
import type { Channel, Undo } from '#protocol/channel'
import type { EngineEvent, HostInfo, StartRequest } from '#protocol/messages'
import type { Parameters } from '#protocol/parameters'
import type { Settings, SettingsChange } from '#protocol/settings'
import type { SpawnProcess } from '../processes/messages'

/** What differs between hosts; all that the engine needs comes from here. */
export interface EngineOptions {
  readonly host: HostInfo
  /** Absolute folder of the worker bundles (`<name>.cjs` for each of packaging/workers.ts, and `sources.json`). */
  readonly workersDir: string
  /** Starts a process of a pool. */
  readonly spawnProcess: SpawnProcess
  /** Absolute folder of this user's, made when it is needed: where a private Redis keeps its data. */
  readonly dataDir: string
  /** What the page shows first, ready to run; its values are from now on the last ones. */
  readonly open: Opening | null
  /** Whether a first sight of a list with items asks before anything is moved; the command line does not ask. */
  readonly askBeforeConsuming: boolean
  /** Marks that each thread's ring holds until they are read, a power of two; by default more than any of the programmes fills. */
  readonly ringSlots?: number | undefined
  readonly settings: SettingsStore
}

/** Only what was asked for: the rest is as it was last. */
export type Opening = StartRequest & { readonly speed: number | null }

/** What lasts from one start to the next; where it is kept is the host's. */
export interface SettingsStore {
  readonly settings: Settings
  /** Known scenarios, parameters and values only. Addresses with their passwords, which are kept apart: in the system's keyring, or for this run. */
  change(change: SettingsChange): void
  /** The scenario's values with their passwords, as far as these are known. May ask the keyring, so only for a run that needs it. */
  withPasswords(scenario: string): Parameters
  /** Called with each sentence that the person should read once: at once with those that there are. */
  onNotice(listener: (notice: LocalText) => void): Undo
}

export interface Engine {
  /** Joins a page. What it sends is checked here; what it may not is answered with `refused`. */
  attach(channel: Channel<unknown, EngineEvent | Uint8Array>): Undo
  /** The next page that attaches shows it, once. */
  greet(notice: LocalText): void
  /** Messages of pages that were refused since the start. */
  readonly refused: number
  /** Ends every run and every thread; resolves within two seconds whatever they do. */
  close(): Promise<void>
}
