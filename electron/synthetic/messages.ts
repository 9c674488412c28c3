/** Between the thread that makes a synthetic run up and the engine. */
import type { Piece } from './piece'

/** Of one piece, which is kept and sent as a whole: two milliseconds to make, less to keep. */
export const spansInPiece = 4096
/** Between two pieces of a live run. */
export const livePeriodMillis = 16

/** `whole`: all its spans have been made; a live run goes on. */
export interface SyntheticMessage {
  readonly piece: Piece
  readonly whole: boolean
}
