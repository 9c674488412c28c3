/**
 * The thread that makes a synthetic run up, so that its host has only to keep the rows: a piece for each `more` that it is sent. Of a live run
 * the pieces after its spans come when their time has come.
 */
import { parentPort, workerData } from 'node:worker_threads'
import type { SyntheticOptions } from './info'
import { livePeriodMillis, type SyntheticMessage, spansInPiece } from './messages'
import type { Piece } from './piece'
import { Simulation } from './simulation'

const options = workerData as SyntheticOptions
const simulation = new Simulation(options)
let made = 0
/** Of a live run: when it was `now`, ms of this thread's clock since it began. */
let live: { readonly now: number; readonly since: number } | null = null

parentPort!.on('message', () => {
  if (live) setTimeout(sendLive, livePeriodMillis)
  else send(simulation.run(Math.min(options.spans, made + spansInPiece)))
})

function send(piece: Piece): void {
  made += piece.slices.spans.count
  const whole = made >= options.spans
  if (whole && options.live) live ??= { now: piece.now, since: performance.now() }
  const message: SyntheticMessage = { piece, whole }
  parentPort!.postMessage(message, buffersOf(piece))
}

function sendLive(): void {
  const { now, since } = live!
  send(simulation.run(Number.POSITIVE_INFINITY, now + (performance.now() - since) * 1e6))
}

const buffersOf = ({ slices }: Piece): ArrayBuffer[] =>
  Object.values(slices).flatMap(({ columns }) => Object.values(columns).map(({ buffer }) => buffer as ArrayBuffer))
