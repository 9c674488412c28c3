/** Between two attempts to reach a server: what is said of the one that failed, and the wait before the next. */
import { backOffSeconds, shortSeconds } from './backOff'
import type { Trouble } from './redisErrors'
import type { Signal } from './signal'
import type { SourceSink } from './source'
import type { StatusBoard } from './statusBoard'

export interface Attempt {
  readonly trouble: Trouble
  /** As it is shown. */
  readonly address: string
  /** How many have failed since the last success, this one counted. 0: a loss after a success is no failed attempt, and nobody needs to read about it. */
  readonly failed: number
  /** Seconds, at most. */
  readonly longest?: number
}

/** Waits as long as `goOn` says so, which is asked again when the signal rings. */
export async function waitToRetry(
  { board, sink, signal }: { board: StatusBoard; sink: Pick<SourceSink, 'attemptFailed' | 'activity'>; signal: Signal },
  { trouble, address, failed, longest = Number.POSITIVE_INFINITY }: Attempt,
  goOn: () => boolean,
): Promise<void> {
  const refused = trouble.kind === 'refused'
  const seconds = Math.min(longest, refused ? trouble.retrySeconds : backOffSeconds(failed))
  if (failed === 0) {
    board.set({ phase: 'connecting', reason: null })
  } else {
    const phase = refused ? 'refused' : 'unreachable'
    board.set({
      phase,
      reason: trouble.sentence,
      refusal: refused ? trouble.refusal : null,
      attempt: failed,
      nextAttemptInSeconds: seconds,
    })
    sink.attemptFailed(`${trouble.code} ${address}`)
    sink.activity('sleeping', `retry in ${shortSeconds(seconds)} s`)
  }
  await signal.waitWhile(goOn, seconds * 1000)
}
