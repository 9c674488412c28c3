/** What the key explains: the states, ends and marks that occur, and no others; how each is drawn and called. */
import { type End, endCode, type MarkerKind, markerCode, type State, stateCode, states } from '#protocol/vocabulary'
import { finderOf } from '../model/loopBlocked'
import type { RunStore } from '../model/runStore'
import { drawBar } from './drawBar'
import { drawEnd } from './drawEnd'
import { drawLost, drawMessage, drawStrip, drawWhisker } from './drawMarks'
import { drawCallback, drawLoopLife, drawNote } from './drawMoments'
import { drawSign } from './drawSigns'
import { type Measures, type Pen, px } from './pen'
import type { TimelineRun } from './timelineRun'
import type { MarkWord, TimelineWords } from './words'

/** Main's end says itself what it is, and a join is seen as what it is waited for. */
export type KeyItem = State | Exclude<End, 'finished'> | Exclude<MarkWord, 'mainEnd' | 'join'>

const endItems = ['failed', 'cancelled', 'killed', 'pending'] as const
/** Marks of which a marker of the protocol says that they occur, in the key's order. */
const markerItems = [
  ['loopLife', 'loopStart'],
  ['message', 'message'],
  ['callback', 'callback'],
  ['note', 'note'],
  ['retry', 'retry'],
  ['push', 'push'],
  ['stop', 'stop'],
] as const satisfies readonly (readonly [KeyItem, MarkerKind])[]
/** Of an item's drawing, CSS px. */
export const swatchHeight = 14
const swatchWidth = 30
export const widthOf = (item: KeyItem) => (narrow.includes(item) ? 14 : swatchWidth + (item === 'uncertainty' ? 6 : 0))

/** In the order of the vocabulary, states first. A state that is nowhere a pixel wide is left out, but for `running`: its ticks are drawn. */
export function occurring(runs: readonly TimelineRun[], scale: number): KeyItem[] {
  const any = (is: (store: RunStore) => boolean) => runs.some(({ store }) => is(store))
  const least = (state: State) => (state === 'running' ? 0 : 1)
  const isSeen = (state: State) =>
    any(
      ({ seen, spans }) =>
        (seen.states & (1 << stateCode[state])) !== 0 && spans.longest[stateCode[state]]! * scale >= least(state),
    )
  return [
    ...inKeyOrder.filter(isSeen),
    ...endItems.filter((end) => any(({ seen }) => (seen.ends & (1 << endCode[end])) !== 0)),
    ...(runs.some(({ store, live }) => finderOf(store).find(store.now, live).length > 0) ? (['loopBlocked'] as const) : []),
    ...markerItems.filter(([, kind]) => any(({ seen }) => (seen.markers & (1 << markerCode[kind])) !== 0)).map(([item]) => item),
    ...(any(({ losses }) => losses.length > 0) ? (['lost'] as const) : []),
    ...(any(isUncertain) ? (['uncertainty'] as const) : []),
  ]
}

/** What runs comes first: the key is read from the left. */
const inKeyOrder: readonly State[] = ['running', 'sleeping', 'suspended', 'waiting', 'ready', 'created']

const isUncertain = ({ tasks }: RunStore) => tasks.anyUncertain

export function wordOf(item: KeyItem, words: TimelineWords): string {
  if (isState(item)) return words.states[item]
  return isEnd(item) ? words.ends[item] : words.marks[item]
}

const isState = (item: KeyItem): item is State => (states as readonly string[]).includes(item)
const isEnd = (item: KeyItem): item is (typeof endItems)[number] => (endItems as readonly string[]).includes(item)
const narrow: readonly KeyItem[] = ['message', 'callback', 'note', 'retry', 'push', 'stop']

export function drawItem(pen: Pen, m: Measures, item: KeyItem): void {
  const right = px(pen, swatchWidth)
  const top = px(pen, 1)
  const bar = (state: State, x1: number) => {
    drawBar(pen, m, { state, x0: 0, x1, top, left: 0, right: x1 })
    return x1
  }
  switch (item) {
    case 'loopBlocked':
      // The strip alone, and taller than in a lane: it is what is told from the bar above it.
      drawStrip(pen, { ...m, stripTop: px(pen, 5), strip: px(pen, 4) }, 0, 0, right, 'loopBlocked')
      break
    case 'message':
      drawMessage(pen, { ...m, slotTop: px(pen, 3), slot: px(pen, 10) }, 0, px(pen, 7))
      break
    case 'loopLife':
      drawLoopLife(pen, m, { top: px(pen, 2), x0: 0, x1: right, left: 0, right, open: false, first: true })
      break
    case 'callback':
      drawCallback(pen, m, px(pen, 7), top + m.slotTop + m.half)
      break
    case 'note':
      drawNote(pen, m, top, px(pen, 7))
      break
    case 'lost':
      drawLost(pen, m, { top, x0: 0, x1: right, left: 0, right })
      break
    case 'retry':
    case 'push':
    case 'stop':
      drawSign(pen, item, px(pen, 7), px(pen, 7))
      break
    case 'uncertainty':
      bar('sleeping', px(pen, 20))
      drawWhisker(pen, m, top, px(pen, 12), px(pen, swatchWidth + 5))
      break
    case 'failed':
    case 'cancelled':
    case 'killed':
    case 'pending': {
      const state = item === 'killed' ? 'sleeping' : 'suspended'
      const long = item === 'pending' ? px(pen, 40) : right
      const shift = long - right
      drawBar(pen, m, { state, x0: -shift, x1: right, top, left: 0, right })
      drawEnd(pen, m, { end: item, state, x0: -shift, x1: right, top })
      break
    }
    default:
      bar(item, right)
  }
}
