/** What differs between the desktop app and a browser, seen from the page. If a host needs more than this, the seam has leaked. */
import type { Channel, Undo } from '#protocol/channel'
import type { EngineCommand, HostInfo } from '#protocol/messages'
import type { Connection } from '../state/connection'

/** What arrives is unknown until it is checked (eventSchema.ts, decodeFrame): objects are events, bytes are frames. */
export type EngineLine = Channel<unknown, EngineCommand>

export interface Host {
  readonly kind: HostInfo['kind']
  /** One line for the page's whole life; the connection under it may be lost and made again. */
  readonly channel: EngineLine
  /** Called at once and at each change. After `connected` the engine knows nothing of this page until it says `attach`. */
  onConnection(listener: (connection: Connection) => void): Undo
  /** While lost: try now instead of at the planned time. */
  retry(): void
}
