import type { Channel, Undo } from '#protocol/channel'
import type { EngineEvent, HostInfo, StartRequest } from '#protocol/messages'

/** What differs between hosts; all that the engine needs comes from here. */
export interface EngineOptions {
  readonly host: HostInfo
  /** Absolute folder of the worker bundles (`programme.cjs`, `nested.cjs`, `consumer.cjs`, `sources.json`). */
  readonly workersDir: string
  /** Absolute folder of this user's, made when it is needed: where a private Redis keeps its data. */
  readonly dataDir: string
  /** What the page shows first, ready to run. */
  readonly open: (StartRequest & { readonly speed: number }) | null
  /** Whether a first sight of a list with items asks before anything is moved; the command line does not ask. */
  readonly askBeforeConsuming: boolean
}

export interface Engine {
  /** Joins a page. What it sends is checked here; what it may not is answered with `refused`. */
  attach(channel: Channel<unknown, EngineEvent | Uint8Array>): Undo
  /** Ends every run and every thread; resolves within two seconds whatever they do. */
  close(): Promise<void>
}
