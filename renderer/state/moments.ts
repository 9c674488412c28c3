/** What the chart's marks say, in words and in order of time: for whoever does not see the picture, and for exact figures. */
import { t } from '../locales'
import { exact, prose } from '../model/format'
import { toldLosses } from '../model/losses'
import { afterItsEnd } from '../model/messageDelay'
import type { Loss, Marker, RunStore } from '../model/runStore'

export interface Moment {
  /** Programme seconds. */
  readonly seconds: number
  readonly lane: string
  readonly text: string
  readonly alert?: boolean
}

/** The newest `most`, oldest first; `all`: how many there are. */
export function momentsOf(store: RunStore, most: number): { readonly moments: readonly Moment[]; readonly all: number } {
  const losses = toldLosses(store)
  const newest: readonly (Marker | Loss)[] = [...store.markers.slice(-most), ...losses.slice(-most)]
  const moments = newest.map((one) => ('count' in one ? ofLoss(store, one) : ofMarker(store, one)))
  moments.sort((a, b) => a.seconds - b.seconds)
  return { moments: moments.slice(-most), all: store.markers.length + losses.length }
}

function ofLoss(store: RunStore, { from, until, count, lane }: Loss): Moment {
  const text = t().moments.lost(count, exact(until, t().units))
  return { seconds: from, lane: store.lanes[lane]?.name ?? '', text, alert: true }
}

function ofMarker(store: RunStore, marker: Marker): Moment {
  const words = t().moments
  const { kind, seconds, task, text } = marker
  const what = kind === 'loopStart' || kind === 'loopStop' ? words[kind] : t().timeline.marks[kind]
  const name = task === null || kind === 'mainEnd' ? '' : store.nameOf(task)
  const about = [name, text].filter((part, i, all) => part !== '' && all.indexOf(part) === i).join(t().sentence.comma)
  const said = about === '' ? what : words.of(what, about)
  const after = afterItsEnd(store, marker)
  return {
    seconds,
    lane: store.lanes[marker.lane]?.name ?? '',
    text: after === null ? said : words[after >= 0 ? 'after' : 'before'](said, prose(Math.abs(after), t().units)),
    alert: kind === 'retry',
  }
}

/** One sentence on what was lost; null: nothing was. */
export function lossSentence(store: RunStore): string | null {
  if (store.losses.length === 0) return null
  const words = t().sentence
  const losses = toldLosses(store)
  const count = losses.reduce((sum, loss) => sum + loss.count, 0)
  const first = losses.reduce((a, b) => (a.from <= b.from ? a : b))
  const lane = store.lanes[first.lane]?.name ?? ''
  const time = (seconds: number) => exact(seconds, t().units)
  if (losses.length === 1) return words.lost(count, lane, time(first.from), time(first.until))
  return words.lostOften(count, losses.length, lane, time(first.from))
}
