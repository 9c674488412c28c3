/** What one Redis source knows and has, whatever becomes of its connections. */
import type { LocalText } from '#protocol/catalogue'
import type { SourcePhase } from '#protocol/messages'
import type { Registered } from './commands'
import type { FeedSink } from './feedSink'
import type { QueueKeys } from './hashTag'
import type { InFlight } from './inFlight'
import type { Outage } from './outage'
import type { Where } from './redisErrors'
import type { Signal } from './signal'
import type { SourceSink } from './source'
import type { StatusBoard } from './statusBoard'
import type { Tuning } from './tuning'

/** What the user may change at any time. */
export interface Wants {
  /** At most so many items are taken and not done; 0: nothing is taken. */
  concurrency: number
}

export interface Context {
  readonly keys: QueueKeys
  readonly where: Where
  readonly tuning: Tuning
  readonly sink: SourceSink
  readonly board: StatusBoard
  readonly inFlight: InFlight
  /** Null: nobody is told of the items. */
  readonly feed: FeedSink | null
  /** Who we are, for the key `workers`. */
  self(): object
  /** Rung when items are done, an answer or `retry` came, what the user wants has changed, an incarnation ended, or at stop. */
  readonly signal: Signal
  readonly wants: Wants
  /** Counts `retry` calls. */
  retries: number
  /** Null until the first registration. */
  registered: Registered | null
  /** What is to be known since the server came back empty, else null. */
  emptied: LocalText | null
  readonly outage: Outage
}

/** Of a consumer that has nothing to complain of. */
export const goodPhase = ({ wants }: Context): SourcePhase => (wants.concurrency === 0 ? 'paused' : 'consuming')
