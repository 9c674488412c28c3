/** Where runs are aligned at a moment that they share, the crosshair is another time in each of them: said in the band of its caption. */
import { momentLabel } from '../model/timeLabels'
import { type Axis, axisOf, column, pixelStep, timeAt } from './axis'
import type { OverlayScene } from './overlay'
import { type Pen, px, rect, setFont, text } from './pen'

/** CSS px: beside the line, and as much as a total beside its own line takes. */
const beside = 8
const totalWidth = 96
/** Above the first row: where the figure stands, and the paper below it. */
const baseline = 6
const paper = { above: 21, height: 19 }

type Shown = Pick<OverlayScene, 'layout' | 'width' | 'scroll' | 'now' | 'captionEnds'>

/** `x`: the crosshair, device px. */
export function drawOwnTimes(pen: Pen, scene: Shown, axis: Axis, x: number): void {
  const { layout, scroll, captionEnds, width } = scene
  const step = pixelStep(axis)
  layout.runs.forEach(({ run, top }, index) => {
    const own = axisOf(axis, run)
    const time = timeAt(own, x)
    if (time < 0 || time > scene.now[index]!) return
    const label = momentLabel(time, step, scene.now[index]!)
    setFont(pen, 12)
    const wide = Math.ceil(pen.g.measureText(label).width)
    const free = Math.max(x, ((captionEnds[index] ?? 0) + beside) * pen.ratio)
    const fits = free + wide + px(pen, 2 * beside) <= width * pen.ratio
    const from = fits ? free + px(pen, beside) : x - wide - px(pen, beside)
    const above = Math.round((top - scroll) * pen.ratio)
    const cover = (x0: number, x1: number) =>
      rect(pen, x0, above - px(pen, paper.above), x1 - x0, px(pen, paper.height), pen.colours.surface)
    // Half a total would be another figure: where it is touched it goes as a whole.
    const total = run.total === null ? null : column(own, run.total)
    if (total !== null) {
      for (const [x0, x1] of [
        [total + px(pen, 3), total + px(pen, totalWidth)],
        [total - px(pen, totalWidth), total - px(pen, 1)],
      ] as const) {
        if (from < x1 && from + wide > x0) cover(x0, x1)
      }
    }
    cover(from - px(pen, 4), from + wide + px(pen, 4))
    text(pen, from, above - px(pen, baseline), label, pen.colours['ink-2'], 'left')
  })
}
