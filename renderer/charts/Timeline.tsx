/** The timeline: one run, or several stacked under one axis. Takes the width of its parent. The moving parts are in stage.ts. */
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import { niceStep } from '../model/format'
import { type LaneView, plainView } from '../model/laneView'
import type { HitsOfRun } from '../model/searchHits'
import { momentLabel } from '../model/timeLabels'
import '../style/timeline.css'
import { HitsNote } from './HitsNote'
import { chartKey, isField } from './keys'
import { LaneFilter } from './LaneFilter'
import { ahead, type HeadActions, LaneHeads } from './LaneHeads'
import { axisHeight, headWidth, type Layout, type PlacedRow, rightSpace, scrollToShow } from './layout'
import { Minimap } from './Minimap'
import type { Range, RangeNews } from './markedRange'
import type { MinimapStage } from './minimapStage'
import { Note } from './Note'
import { RangeNote } from './RangeNote'
import { Stage } from './stage'
import type { StageInput, TipAt } from './stageTypes'
import { Tooltip } from './Tooltip'
import type { Selection, TimelineRun } from './timelineRun'
import type { TimelineWords } from './words'

export interface TimelineProps {
  /** From top to bottom. */
  readonly runs: readonly TimelineRun[]
  /** From when to when it shows, programme seconds, in so many CSS px: told with each drawing. */
  readonly onView?: (view: { t0: number; t1: number; width: number }) => void
  /** Changes whenever a store of `runs` has grown. */
  readonly version: number
  /** Changes whenever colours change; drawing reads them from the tokens. */
  readonly theme: string
  readonly selection: Selection | null
  readonly onSelect: (selection: Selection | null) => void
  /** What was found; null or missing: nothing is looked for. */
  readonly hits?: readonly HitsOfRun[] | null
  /** What is measured changed; null: nothing is. */
  readonly onMeasure?: (range: Range | null) => void
  /** The pointer or the keyboard went to another time on the axis; null: off the chart. */
  readonly onPoint?: (seconds: number | null) => void
  readonly words: TimelineWords
  /** CSS px that it may take; it takes what its lanes need, and scrolls them where that is more. */
  readonly height: number
  /** Open: lanes take the largest size that fits `height`. Changing it picks the size again. */
  readonly panelsOpen: boolean
  /** Names of empty lanes while there are no runs. */
  readonly placeholder?: readonly string[]
  /** How the lanes are arranged. */
  readonly lanes?: LaneView
  readonly onLanes?: (lanes: LaneView) => void
  /** The minimap is shown; null: where it helps. */
  readonly minimap?: boolean | null
  readonly onMinimap?: (shows: boolean) => void
}

const noNames: readonly string[] = []

export function Timeline(props: TimelineProps) {
  const { words, placeholder = noNames, lanes = plainView, minimap = null } = props
  const frame = useRef<HTMLDivElement>(null)
  const scroller = useRef<HTMLDivElement>(null)
  const base = useRef<HTMLCanvasElement>(null)
  const overlay = useRef<HTMLCanvasElement>(null)
  const surface = useRef<HTMLDivElement>(null)
  const stage = useRef<Stage | null>(null)
  const latest = useRef(props)
  latest.current = props
  const [layout, setLayout] = useState<Layout | null>(null)
  const [held, setHeld] = useState(false)
  const [missed, setMissed] = useState(0)
  const showTip = useRef<(tip: TipAt | null) => void>(() => undefined)
  const showRange = useRef<(range: RangeNews | null) => void>(() => undefined)
  const [view, setView] = useState({ t0: 0, t1: 0 })
  const [filters, setFilters] = useState(false)
  const [headsFrom, setHeadsFrom] = useState(-ahead)
  const [spoken, say] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const map = useRef<MinimapStage | null>(null)
  const focusHead = useRef<(row: PlacedRow) => void>(() => undefined)
  const arrangement = useMemo(() => ({ view: lanes, minimap, filter: filters }), [lanes, minimap, filters])
  const input: StageInput = { ...props, placeholder, arrangement, hits: props.hits ?? null }
  const heads = useMemo<HeadActions>(
    () => ({
      arrange: (view) => latest.current.onLanes?.(view),
      enter: (row) => stage.current?.cursor.enterRow(row),
      show: ({ placed, row }) => {
        const { current } = stage
        if (!current?.layout) return
        const to = row ? scrollToShow(current.layout, row, current.scroll) : Math.min(current.scroll, placed.caption ?? 0)
        if (to === current.scroll) return
        scroller.current?.scrollTo({ top: to })
        current.scrollTo(to)
      },
      say,
      scrolled: () => stage.current?.scroll ?? 0,
      scrollBy: (by) => scroller.current?.scrollBy({ top: by }),
    }),
    [],
  )

  useLayoutEffect(() => {
    const made = new Stage(base.current!, overlay.current!, surface.current!, input, {
      layout: setLayout,
      tip: (tip) => showTip.current(tip),
      select: (selection) => latest.current.onSelect(selection),
      measured: (range) => latest.current.onMeasure?.(range),
      range: (range) => showRange.current(range),
      scroll: (top) => scroller.current?.scrollTo({ top }),
      held: setHeld,
      noFailure: () => setMissed((count) => count + 1),
      toHead: (row) => focusHead.current(row),
      point: (seconds) => latest.current.onPoint?.(seconds),
      drawn: (t0, t1) => {
        const width = (frame.current?.clientWidth ?? 0) - headWidth - rightSpace
        if (t1 > t0 && width > 0) latest.current.onView?.({ t0, t1, width })
        map.current?.update(made.mapPicture)
      },
      picture: (t0, t1) => setView((known) => (known.t0 === t0 && known.t1 === t1 ? known : { t0, t1 })),
    })
    stage.current = made
    // A window that moves to another screen keeps its size in CSS px and changes its ratio.
    const again = () => made.resize(frame.current?.clientWidth ?? 0)
    // Not left to the observer, which tells only after the first frame: that would be painted without lanes and axis.
    again()
    const observer = new ResizeObserver(again)
    observer.observe(frame.current!)
    window.addEventListener('resize', again)
    document.fonts?.ready.then(again, again)
    return () => {
      window.removeEventListener('resize', again)
      observer.disconnect()
      made.destroy()
      stage.current = null
    }
  }, [])
  useLayoutEffect(() => stage.current?.update(input))
  /** The field is made with the next layout. */
  const wantsField = useRef(false)
  const openFilter = () => {
    setFilters(true)
    wantsField.current = true
    field.current?.focus()
  }
  useLayoutEffect(() => {
    if (!wantsField.current || !field.current) return
    wantsField.current = false
    field.current.focus()
  })
  useLayoutEffect(() => {
    const captions = frame.current?.querySelectorAll<HTMLElement>('.timeline-caption') ?? []
    stage.current?.setCaptionEnds([...captions].map((caption) => caption.offsetLeft + caption.offsetWidth))
  }, [layout, words])
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isField(event.target) || document.querySelector('dialog[open]')) return
      const hasFocus = document.activeElement === surface.current
      const key = latest.current.runs.length > 0 ? chartKey(event, hasFocus) : null
      if (!key) return
      event.preventDefault()
      if (key.type === 'filter') openFilter()
      else if (key.type === 'minimap') latest.current.onMinimap?.(!stage.current?.layout?.minimap)
      else stage.current?.press(key)
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])

  const { selection } = props
  const visible = layout?.visible ?? 0
  const scrolls = layout !== null && layout.total > layout.visible
  // Above the heads; where there are captions, with the other words at the right.
  const found = props.hits && (
    <HitsNote
      hits={props.hits}
      selection={selection}
      words={words}
      step={(direction) => stage.current?.press({ type: 'hit', direction })}
    />
  )
  const filter = lanes.filter
  const setFilter = (text: string) => props.onLanes?.({ ...lanes, filter: text })
  return (
    <>
      {layout !== null && layout.bar > 0 && (
        <div class="timeline-bar" style={{ height: `${layout.bar}px` }}>
          {layout.filter && (
            <LaneFilter
              field={field}
              layout={layout}
              text={filter}
              words={words.lanes}
              onFilter={setFilter}
              say={say}
              onLeave={() => {
                setFilters(false)
                surface.current?.focus({ preventScroll: true })
              }}
            />
          )}
          {layout.minimap && (
            <Minimap
              stage={map}
              runs={props.runs}
              words={words}
              move={(move) => stage.current?.move(move)}
              onReady={() => stage.current?.request()}
            />
          )}
        </div>
      )}
      <div class="timeline" ref={frame} style={{ height: `${visible}px` }}>
        <div
          ref={scroller}
          class={scrolls ? 'timeline-scroll scrolls' : 'timeline-scroll'}
          onScroll={(event) => {
            const { scrollTop } = event.currentTarget
            stage.current?.scrollTo(scrollTop)
            setHeadsFrom((Math.floor(scrollTop / ahead) - 1) * ahead)
          }}
        >
          <div class="timeline-content" style={{ height: `${layout?.total ?? 0}px` }}>
            <div class="timeline-canvases" style={{ height: `${visible}px` }}>
              <canvas ref={base} class="timeline-base" role="img" aria-label={picture(props, view)} />
              <div
                ref={surface}
                class="timeline-surface"
                tabIndex={props.runs.length > 0 ? 0 : -1}
                role="application"
                aria-label={words.chart}
                onFocus={() => stage.current?.setFocus(true)}
                onBlur={() => stage.current?.setFocus(false)}
              >
                <canvas ref={overlay} class="timeline-overlay" />
              </div>
            </div>
            {layout && (
              <LaneHeads
                layout={layout}
                words={words}
                placeholder={placeholder}
                selection={selection}
                view={lanes}
                from={scrolls ? headsFrom : -ahead}
                actions={heads}
                focus={focusHead}
              />
            )}
          </div>
        </div>
        {scrolls && <div class="timeline-corner" style={{ height: `${axisHeight - 1}px` }} />}
        {filter !== '' && layout?.runs.every((run) => run.lanes === 0) && (
          <p class="timeline-nothing" style={{ left: `${headWidth + 9}px` }}>
            {words.lanes.nothing(filter)}
          </p>
        )}
        {!layout?.stacked && found}
        <Note
          held={held}
          missed={missed}
          words={words}
          follow={() => {
            // The button goes, and must not take the focus with it.
            surface.current?.focus({ preventScroll: true })
            stage.current?.press({ type: 'reset' })
          }}
        >
          {layout?.stacked && found}
        </Note>
        <RangeNote
          show={showRange}
          words={words}
          beside={Boolean(found) && !layout?.stacked}
          clear={() => stage.current?.clearRange()}
        />
        <Tooltip show={showTip} runs={props.runs} words={words} height={visible} frame={frame} say={say} />
        <p class="for-readers" role="status">
          {spoken || null}
        </p>
      </div>
    </>
  )
}

/** What the picture shows, in words. */
function picture({ runs, words }: TimelineProps, { t0, t1 }: { t0: number; t1: number }): string {
  const sum = (count: (run: TimelineRun) => number) => runs.reduce((total, run) => total + count(run), 0)
  const step = niceStep(Math.max((t1 - t0) / 10, 1e-9))
  return words.picture({
    runs: runs.length,
    lanes: sum(({ store }) => store.lanes.length),
    tasks: sum(({ store }) => store.taskCount),
    failed: sum(({ store }) => store.failed),
    from: momentLabel(t0, step, Math.max(-t0, t1)),
    to: momentLabel(t1, step, Math.max(-t0, t1)),
  })
}
