/** Names at the left of the lanes, captions above stacked runs, and the words in an empty lane: text in the page, over the canvases. */
import { Component } from 'preact'
import type { LaneRow, LaneSize } from '../model/laneLayout'
import { indentOf, kindText } from './headText'
import { headWidth, type Layout, type PlacedRow } from './layout'
import type { Selection } from './timelineRun'
import type { TimelineWords } from './words'

interface Props {
  readonly layout: Layout
  readonly words: TimelineWords
  readonly placeholder: readonly string[]
  readonly selection: Selection | null
}

/**
 * A live run draws the timeline anew with every frame; names change seldom. Not a memoised element: Preact keeps its former parents with it, and so
 * the page kept every run that it had ever shown.
 */
export class LaneHeads extends Component<Props> {
  override shouldComponentUpdate({ layout, words, placeholder, selection }: Props): boolean {
    const { props } = this
    return (
      layout !== props.layout ||
      words !== props.words ||
      placeholder !== props.placeholder ||
      selection?.run !== props.selection?.run ||
      selection?.task !== props.selection?.task
    )
  }

  override render() {
    return <Heads {...this.props} />
  }
}

function Heads({ layout, words, placeholder, selection }: Props) {
  const { size, runs, stacked } = layout
  const captionSize = size.lane >= 44 ? 'timeline-caption large' : 'timeline-caption'
  return (
    <div class={`timeline-heads lane-${size.lane}`}>
      {runs.length === 0 &&
        placeholder.map((name, i) => (
          <div key={name} class="timeline-head" style={{ top: `${4 + i * size.lane}px`, height: `${size.lane}px` }}>
            <span class="name">{name}</span>
          </div>
        ))}
      {runs.map(({ run, caption, top }) => (
        <>
          {stacked && caption !== null && (
            <div key={`caption ${run.id}`} class={captionSize} style={{ top: `${caption}px`, height: `${top - caption}px` }}>
              <b>{run.caption}</b>
              {run.note && <span>{run.note}</span>}
            </div>
          )}
        </>
      ))}
      {runs.flatMap(({ run, rows }) =>
        rows.map((row, i) => (
          <Head
            key={`${run.id} ${row.head.lane} ${row.head.sub}`}
            row={row}
            lane={size.lane}
            kindAbove={rows[i - 1]?.head.kind ?? null}
            words={words}
            selected={selection?.run === run.id && isOf(run.store.subRows[row.head.lane]?.find(selection.task), row.head)}
          />
        )),
      )}
    </div>
  )
}

const isOf = (sub: number | undefined, head: LaneRow) => sub === head.sub && head.row !== null

interface HeadProps {
  readonly row: PlacedRow
  readonly lane: LaneSize['lane']
  /** Of the row above. */
  readonly kindAbove: LaneRow['kind']
  readonly words: TimelineWords
  readonly selected: boolean
}

function Head({ row: { top, head }, lane, kindAbove, words, selected }: HeadProps) {
  const box = { top: `${top}px`, height: `${lane}px` }
  const inset = { paddingLeft: `${indentOf(head)}px` }
  const kind = kindText(head, lane, kindAbove, words)
  return (
    <>
      <div class={selected ? 'timeline-head selected' : 'timeline-head'} style={{ ...box, ...inset }} title={head.name}>
        <span class="name">{head.name}</span>
        {kind !== '' && <span class="kind">{kind}</span>}
      </div>
      {head.idle && lane >= 20 && (
        <div class="timeline-idle" style={{ ...box, left: `${headWidth + 9}px` }}>
          {words.idle}
        </div>
      )}
    </>
  )
}
