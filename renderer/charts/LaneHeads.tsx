/**
 * Names at the left of the lanes, captions above stacked runs, and the words in an empty lane: text in the page, over the canvases. They are a tree
 * with one stop for Tab: arrows go from head to head and into the lane. Of thousands of lanes only the heads in sight and a few more are made.
 */
import { Component } from 'preact'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import {
  type LaneView,
  lanesOf,
  moveLane,
  type RunLanes,
  toggleClosed,
  toggleFolded,
  togglePinned,
  withLanes,
} from '../model/laneView'
import { Head } from './Head'
import { type HeadItem, type HeadPlace, headAt, headCount, headIndex, headPlace, laneBeside, laneEnds } from './headItems'
import { type HeadKey, headKey } from './keys'
import { dragLane } from './laneDrag'
import { axisHeight, type Layout, type PlacedRow, pinnedAir, rowAt, shownTop } from './layout'
import type { Selection } from './timelineRun'
import type { TimelineWords } from './words'

export interface HeadActions {
  arrange(view: LaneView): void
  /** Into the bars of the row. */
  enter(row: PlacedRow): void
  /** Scrolls so far that it is in sight. */
  show(item: HeadItem): void
  /** For a screen reader. */
  say(text: string): void
  /** How far the lanes are scrolled, CSS px. */
  scrolled(): number
  scrollBy(by: number): void
}

interface Props {
  readonly layout: Layout
  readonly words: TimelineWords
  readonly placeholder: readonly string[]
  readonly selection: Selection | null
  readonly view: LaneView
  /** From where on heads are needed, CSS px from the top of all: a little above what is in sight. */
  readonly from: number
  /** The same object always. */
  readonly actions: HeadActions
  /** Is given what moves the focus to the head of a row. */
  readonly focus: { current: (row: PlacedRow) => void }
}

/** CSS px by which heads are made ahead of the scrolling, at the least; `from` moves in steps of it. */
export const ahead = 240

/**
 * A live run draws the timeline anew with every frame; names change seldom. Not a memoised element: Preact keeps its former parents with it, and so
 * the page kept every run that it had ever shown.
 */
export class LaneHeads extends Component<Props> {
  override shouldComponentUpdate(next: Props): boolean {
    const { props } = this
    const { selection } = next
    return (
      next.layout !== props.layout ||
      next.words !== props.words ||
      next.placeholder !== props.placeholder ||
      next.view !== props.view ||
      next.from !== props.from ||
      selection?.run !== props.selection?.run ||
      selection?.task !== props.selection?.task
    )
  }

  override render() {
    return <Heads {...this.props} />
  }
}

function Heads(props: Props) {
  const { layout, words, placeholder, selection, view, from, actions } = props
  const { size, runs, stacked } = layout
  const tree = useRef<HTMLDivElement>(null)
  const [place, setPlace] = useState<HeadPlace | null>(null)
  const [drop, setDrop] = useState<number | null>(null)
  /** The head that is come to shall have the focus when it is made: at once, or with another layout than this one. */
  const wanted = useRef<'now' | Layout | null>(null)
  const count = headCount(layout)
  const known = place ? headIndex(layout, place) : -1
  const heads = headsBetween(layout, from, from + layout.visible + 2 * ahead, known)
  const current = known >= 0 ? known : (heads[0] ?? 0)

  useLayoutEffect(() => {
    if (wanted.current === null || wanted.current === layout) return
    wanted.current = null
    tree.current?.querySelector<HTMLElement>(`[data-head="${current}"]`)?.focus({ preventScroll: true })
  })
  const goTo = (item: HeadItem | null) => {
    if (!item) return
    wanted.current = 'now'
    actions.show(item)
    setPlace(headPlace(item))
  }
  props.focus.current = (row) => goTo({ placed: runs[row.run]!, row })

  const change = (item: HeadItem, to: (lanes: RunLanes) => RunLanes) => {
    const { id } = item.placed.run
    actions.arrange(withLanes(view, id, to(lanesOf(view, id))))
  }
  const fold = (item: HeadItem) => {
    // Its first row is the one that stays.
    setPlace({ ...headPlace(item), sub: 0 })
    change(item, (lanes) => (item.row ? toggleFolded(lanes, item.row.head.lane) : toggleClosed(lanes)))
  }
  const pin = (item: HeadItem) => {
    if (item.row) change(item, (lanes) => togglePinned(lanes, item.row!.head.lane))
  }
  const move = ({ placed, row }: HeadItem, beside: number, where: 'before' | 'behind') => {
    if (!row) return
    const { id, store } = placed.run
    const lanes = moveLane(lanesOf(view, id), store.lanes.length, row.head.lane, beside, where)
    actions.arrange(withLanes(view, id, lanes))
    const order = [...new Set(placed.rows.map(({ head }) => head.lane))].filter((one) => one !== row.head.lane)
    const at = order.indexOf(beside) + (where === 'behind' ? 2 : 1)
    actions.say(words.lanes.moved(store.lanes[row.head.lane]!.name, at, order.length + 1))
  }

  const press = (item: HeadItem, key: HeadKey, repeat: boolean) => {
    const { placed, row } = item
    const lanes = lanesOf(view, placed.run.id)
    const rows = row ? placed.run.store.subRows[row.head.lane]!.rows.length : 0
    const isClosed = row ? row.head.folded !== null : lanes.closed
    // A head that is folded, pinned or moved may be made anew, elsewhere.
    wanted.current = layout
    switch (key.type) {
      case 'go':
        goTo(headAt(layout, Math.max(0, Math.min(count - 1, target(key.to)))))
        break
      case 'enter':
        if (isClosed && !repeat) fold(item)
        else if (row && !isClosed) actions.enter(row)
        break
      case 'back':
        // Who holds the key down in the bars comes out to the head, and no further.
        if (repeat) break
        if (row && row.head.sub > 0) goTo({ placed, row: laneEnds(placed, row)[0] })
        else if (!isClosed && (!row || rows > 1)) fold(item)
        else if (row && stacked) goTo({ placed, row: null })
        break
      case 'fold':
        if (!row || rows > 1) fold(item)
        break
      case 'pin':
        pin(item)
        break
      case 'move': {
        const beside = row && laneBeside(placed, row, key.direction)
        const isKin = row && beside !== null && lanes.pinned.has(beside) === lanes.pinned.has(row.head.lane)
        if (isKin) move(item, beside, key.direction < 0 ? 'before' : 'behind')
        break
      }
    }
  }
  const target = (to: Extract<HeadKey, { type: 'go' }>['to']): number => {
    const page = Math.max(1, Math.floor((layout.visible - axisHeight) / size.lane) - 1)
    const steps = { previous: -1, next: 1, pageUp: -page, pageDown: page, first: -count, last: count }
    return current + steps[to]
  }

  const itemOf = (event: Event) => {
    const index = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-head]')?.dataset['head'] : undefined
    return index === undefined ? null : headAt(layout, Number(index))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const key = headKey(event)
    const item = itemOf(event)
    if (!key || !item || event.isComposing) return
    event.preventDefault()
    event.stopPropagation()
    press(item, key, event.repeat)
  }
  const onPointerDown = (event: PointerEvent) => {
    const item = itemOf(event)
    if (!item?.row || !tree.current) return
    const { placed, row } = item
    let found: { readonly lane: number; readonly where: 'before' | 'behind' } | null = null
    const box = tree.current
    dragLane(event, event.target as HTMLElement, {
      over: (clientY) => {
        const scroll = actions.scrolled()
        const y = clientY - box.getBoundingClientRect().top - scroll
        // At the edges of what is in sight the lanes come to the pointer.
        if (y < size.lane) actions.scrollBy(-size.lane)
        else if (y > layout.visible - axisHeight - size.lane) actions.scrollBy(size.lane)
        const over = rowOfRun(layout, item, y, scroll)
        const lanes = lanesOf(view, placed.run.id)
        const isKin = lanes.pinned.has(over.head.lane) === lanes.pinned.has(row.head.lane)
        const [first, last] = laneEnds(placed, over)
        const [top, bottom] = [shownTop(layout, first, scroll), shownTop(layout, last, scroll) + size.lane]
        const where = y < (top + bottom) / 2 ? 'before' : 'behind'
        found = isKin && over.head.lane !== row.head.lane ? { lane: over.head.lane, where } : null
        setDrop(found ? (where === 'before' ? top : bottom) + scroll : null)
      },
      drop: () => {
        setDrop(null)
        if (found) move(item, found.lane, found.where)
      },
      cancel: () => setDrop(null),
    })
  }

  const isSelected = ({ placed, row }: HeadItem) => {
    if (!row?.head.row || selection?.run !== placed.run.id) return false
    const sub = placed.run.store.subRows[row.head.lane]?.find(selection.task) ?? -1
    return sub >= 0 && (row.head.folded !== null || sub === row.head.sub)
  }
  const head = (index: number, inPinned: boolean) => {
    const item = headAt(layout, index)!
    const { placed, row } = item
    if ((row?.pin != null) !== inPinned) return null
    const above = row && placed.rows[Math.round((row.top - placed.top) / size.lane) - 1]
    return (
      <Head
        key={`${placed.run.id} ${row ? `${row.head.lane} ${row.head.sub}` : 'caption'}`}
        item={item}
        index={index}
        count={count}
        top={inPinned ? row!.pin! * size.lane : (row?.top ?? placed.caption!)}
        lane={size.lane}
        kindAbove={above?.head.kind ?? null}
        words={words}
        lanes={lanesOf(view, placed.run.id)}
        selected={isSelected(item)}
        current={index === current}
        stacked={stacked}
        onFold={() => fold(item)}
        onPin={() => pin(item)}
      />
    )
  }
  if (runs.length === 0) return <Placeholder size={size.lane} names={placeholder} />
  const { pins } = layout
  return (
    <div
      ref={tree}
      class={`timeline-heads lane-${size.lane}`}
      role="tree"
      aria-label={words.lanes.all}
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      onFocusOut={(event) => {
        if (event.relatedTarget !== null) wanted.current = null
      }}
      onFocusIn={(event) => {
        const item = itemOf(event)
        if (item) setPlace(headPlace(item))
      }}
    >
      {pins > 0 && (
        <div
          class="timeline-pinned"
          style={{ marginTop: `${runs[0]!.top}px`, top: `${pinnedAir}px`, height: `${pins * size.lane}px` }}
        >
          {heads.map((index) => head(index, true))}
        </div>
      )}
      {heads.map((index) => head(index, false))}
      {drop !== null && <div class="lane-drop" style={{ top: `${drop - 1}px` }} />}
    </div>
  )
}

const Placeholder = ({ size, names }: { readonly size: number; readonly names: readonly string[] }) => (
  <div class={`timeline-heads lane-${size}`}>
    {names.map((name, i) => (
      <div key={name} class="timeline-head" style={{ top: `${4 + i * size}px`, height: `${size}px` }}>
        <span class="name">{name}</span>
      </div>
    ))}
  </div>
)

/** The heads to be made, by their place in the list: those between two heights, the pinned ones, and the one that has the focus. */
function headsBetween(layout: Layout, from: number, to: number, current: number): number[] {
  const { lane } = layout.size
  const found: number[] = []
  let before = 0
  for (const { caption, top, bottom, rows } of layout.runs) {
    // All of them: the stage asks where they end.
    if (caption !== null) found.push(before++)
    const first = Math.max(layout.pins, Math.floor((from - top) / lane))
    for (let i = 0; i < layout.pins; i++) found.push(before + i)
    if (bottom > from && top < to) {
      for (let i = Math.max(0, first); i < rows.length && top + i * lane < to; i++) found.push(before + i)
    }
    before += rows.length
  }
  if (current >= 0 && !found.includes(current)) found.push(current)
  return found.sort((a, b) => a - b)
}

/** Of the item's own run the row at a height, or the one that is nearest. */
function rowOfRun(layout: Layout, { placed, row }: HeadItem, y: number, scroll: number): PlacedRow {
  const over = rowAt(layout, y, scroll)
  if (over && over.run === row?.run) return over
  return y + scroll < placed.top ? placed.rows[0]! : y + scroll >= placed.bottom ? placed.rows[placed.rows.length - 1]! : row!
}
