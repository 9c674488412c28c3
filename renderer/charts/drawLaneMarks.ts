/** The marks of one row: the life of its lane's loop, messages, notes, callbacks. Device px. */
import { column } from './axis'
import { type Cluster, drawNumber } from './clusters'
import { drawMessage, messageLabel } from './drawMarks'
import { callbackMiddle, drawCallback, drawLoopLife, drawNote } from './drawMoments'
import type { Taken } from './labels'
import { clustersOn, type LaneMarksAt, loopLives, signSize } from './laneMarks'
import { type Measures, type Pen, px, rect, setFont, text } from './pen'

export interface LaneMarksPicture extends LaneMarksAt {
  /** Device px of the row's top. */
  readonly top: number
  /** Programme seconds to which what goes on reaches. */
  readonly now: number
  /** What is written on its bars already. */
  readonly labels: readonly Taken[]
}

/** All marks of one row, over its bars. */
export function drawLaneMarks(pen: Pen, m: Measures, at: LaneMarksPicture): void {
  const { store, head, axis, left, right, top, now } = at
  for (const { from, until } of loopLives(store, head.lane)) {
    const [x0, x1] = [column(axis, from), column(axis, until ?? now)]
    drawLoopLife(pen, m, { top, x0, x1, left, right, open: until === null, first: head.sub === 0 })
  }
  const labelled = new MessageLabels(pen, m, at)
  for (const cluster of clustersOn(pen, m, at)) {
    const [{ kind, task }] = cluster.markers
    const middle = top + (kind === 'callback' ? callbackMiddle(pen, m, task) : m.slotTop + px(pen, 4))
    if (kind === 'message') labelled.draw(cluster)
    else if (kind === 'note') drawNote(pen, m, top, cluster.x)
    else drawCallback(pen, m, cluster.x, middle)
    drawNumber(pen, cluster, middle, signSize(m, kind))
  }
}

/** Messages with what they brought beside them, where there is room. */
class MessageLabels {
  private taken: number

  constructor(
    private readonly pen: Pen,
    private readonly m: Measures,
    private readonly at: LaneMarksPicture,
  ) {
    this.taken = at.axis.left
  }

  draw({ markers, x, right }: Cluster): void {
    const { pen, m } = this
    const [marker, ...more] = markers
    const { store, top, labels } = this.at
    const { lane: height } = m.size
    const label = height < 44 || more.length > 0 ? '' : marker.text || (marker.task === null ? '' : store.nameOf(marker.task))
    setFont(pen, messageLabel.size)
    const to = x - px(pen, messageLabel.away)
    const from = to - pen.g.measureText(label).width
    // In the largest lanes it stands above the bar's own label, else beside it.
    const covers = height < 64 && labels.some(([a, b]) => a < to && b + px(pen, 8) > from)
    if (label !== '' && from - px(pen, 8) > this.taken && !covers) {
      const y = top + m.slotTop
      if (height < 64) {
        const width = to - from + px(pen, 8)
        rect(pen, from - px(pen, 4), y + px(pen, 1), width, m.slot - px(pen, 8), pen.colours['tint-waiting'])
      }
      text(pen, to, y + px(pen, height < 64 ? 13 : 15), label, pen.colours.ink, 'right')
    }
    drawMessage(pen, m, top, x)
    this.taken = Math.max(right, x + px(pen, 6))
  }
}
