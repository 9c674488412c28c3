import type { SourceSink } from './source'

/** The bar's state is sent when it changes, not at every turn. */
export function withoutRepeats(sink: SourceSink): SourceSink {
  let last = ''
  return {
    take: (item) => sink.take(item),
    settled: (ids, how, millis) => sink.settled(ids, how, millis),
    endOfBatch: () => sink.endOfBatch?.(),
    numbered: (id, ord) => sink.numbered?.(id, ord),
    lost: (ids) => sink.lost?.(ids),
    status: (status) => sink.status(status),
    attemptFailed: (reason) => sink.attemptFailed(reason),
    activity: (state, label) => {
      if (last === `${state} ${label}`) return
      last = `${state} ${label}`
      sink.activity(state, label)
    },
  }
}
