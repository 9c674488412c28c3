/** The head of one row, or the caption of a run: an item of the tree of lanes, with the signs that fold and pin it. */
import { laneFacts } from '../model/laneFacts'
import type { LaneRow, LaneSize } from '../model/laneLayout'
import type { RunLanes } from '../model/laneView'
import type { HeadItem } from './headItems'
import { indentOf, kindText } from './headText'
import { headWidth } from './layout'
import type { TimelineWords } from './words'

interface Props {
  readonly item: HeadItem
  /** Its place among all heads, from 0, and how many there are. */
  readonly index: number
  readonly count: number
  /** CSS px from the top of what holds it. */
  readonly top: number
  readonly lane: LaneSize['lane']
  /** Of the row above. */
  readonly kindAbove: LaneRow['kind']
  readonly words: TimelineWords
  readonly lanes: RunLanes
  readonly selected: boolean
  /** The one that Tab comes to. */
  readonly current: boolean
  /** The runs have captions. */
  readonly stacked: boolean
  readonly onFold: () => void
  readonly onPin: () => void
}

/** Between the name and the ring around what has the focus. */
const ringRoom = 4

export function Head(props: Props) {
  const { item, index, count, top, lane, kindAbove, words, lanes, selected, current, stacked } = props
  const { placed, row } = item
  if (!row) return <Caption {...props} />
  const { head } = row
  const box = { top: `${top}px`, height: `${lane}px` }
  const inset = { paddingLeft: `${ringRoom + indentOf(head)}px` }
  const kind = kindText(head, lane, kindAbove, words)
  const rows = placed.run.store.subRows[head.lane]!.rows.length
  const folds = rows > 1 && head.sub === 0
  const pinned = lanes.pinned.has(head.lane)
  const about = () => {
    const facts = words.lanes.facts({ ...laneFacts(placed.run.store, head.lane), folded: head.folded !== null, pinned })
    return `${head.name}${kind === '' ? '' : ` ${kind}`}, ${facts}`
  }
  return (
    <>
      <div
        class={selected ? 'timeline-head selected' : 'timeline-head'}
        role="treeitem"
        tabIndex={current ? 0 : -1}
        data-head={index}
        aria-level={(stacked ? 2 : 1) + head.depth}
        aria-posinset={index + 1}
        aria-setsize={count}
        aria-expanded={folds ? head.folded === null : undefined}
        // Read when the focus comes to it: to count what went wrong in each lane of thousands would take long.
        aria-label={current ? about() : undefined}
        aria-selected={selected}
        style={{ ...box, ...inset }}
        title={head.name}
      >
        <span class="name">{head.name}</span> {kind !== '' && <span class="kind">{kind}</span>}
      </div>
      {folds && <Chevron folded={head.folded !== null} top={top} lane={lane} words={words} onFold={props.onFold} />}
      {head.sub === 0 && (
        <button
          type="button"
          class={pinned ? 'lane-sign pin on' : 'lane-sign pin'}
          tabIndex={-1}
          aria-hidden="true"
          title={pinned ? words.lanes.unpin : words.lanes.pin}
          style={box}
          onClick={props.onPin}
        >
          <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
            <path d="M4 1.5h4M4.5 1.5v4L3 7.5h6L7.5 5.5v-4M6 7.5V11" />
          </svg>
        </button>
      )}
      {head.idle && lane >= 20 && (
        <div class="timeline-idle" style={{ ...box, left: `${headWidth + 9}px` }}>
          {words.idle}
        </div>
      )}
    </>
  )
}

function Caption({ item: { placed }, index, count, top, lane, words, lanes, current, onFold }: Props) {
  const { run, lanes: seen } = placed
  const height = placed.top - placed.caption!
  return (
    <>
      <div
        class={lane >= 44 ? 'timeline-caption large' : 'timeline-caption'}
        role="treeitem"
        tabIndex={current ? 0 : -1}
        data-head={index}
        aria-level={1}
        aria-posinset={index + 1}
        aria-setsize={count}
        aria-expanded={!lanes.closed}
        aria-selected={false}
        aria-label={words.lanes.ofRun([run.caption, run.note].filter(Boolean).join(' '), seen)}
        style={{ top: `${top}px`, height: `${height}px` }}
      >
        <b>{run.caption}</b> {run.note && <span>{run.note}</span>}
      </div>
      <Chevron folded={lanes.closed} top={top + 6} lane={20} words={words} onFold={onFold} />
    </>
  )
}

interface ChevronProps {
  readonly folded: boolean
  readonly top: number
  readonly lane: number
  readonly words: TimelineWords
  readonly onFold: () => void
}

/** For the pointer: by keys the head itself is folded. */
const Chevron = ({ folded, top, lane, words, onFold }: ChevronProps) => (
  <button
    type="button"
    class="lane-sign chevron"
    tabIndex={-1}
    aria-hidden="true"
    title={folded ? words.lanes.unfold : words.lanes.fold}
    style={{ top: `${top}px`, height: `${lane}px` }}
    onClick={onFold}
  >
    <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
      <path d={folded ? 'M4.5 3l3 3-3 3' : 'M3 4.5l3 3 3-3'} />
    </svg>
  </button>
)
