/** The strip below a row: in each column the most urgent of the alerts that stand there. */
import { type Alert, alerts, alertToken, leastStrip } from './drawMarks'
import { type Measures, type Pen, px } from './pen'

export class Strip {
  /** Place in `alerts`, from 1; 0: nothing. */
  private readonly ranks: Uint8Array
  private any = false

  /** Device px between which the row is drawn. */
  constructor(
    private readonly left: number,
    right: number,
  ) {
    this.ranks = new Uint8Array(right - left)
  }

  /** Over the columns [x0, x1), or the least that can be seen. */
  add(pen: Pen, m: Measures, alert: Alert, x0: number, x1: number): void {
    const rank = alerts.indexOf(alert) + 1
    const { ranks, left } = this
    const to = Math.min(Math.max(x1, x0 + px(pen, leastStrip(m))) - left, ranks.length)
    for (let column = Math.max(0, x0 - left); column < to; column++) if (ranks[column]! < rank) ranks[column] = rank
    this.any = true
  }

  draw(pen: Pen, m: Measures, top: number): void {
    if (!this.any) return
    const { ranks } = this
    const { colours } = pen.columns
    const pixels = pen.columns.begin(ranks.length, 1)
    const colourOf = [0, ...alerts.map((alert) => colours[alertToken[alert]])]
    for (let column = 0; column < ranks.length; column++) pixels[column] = colourOf[ranks[column]!]!
    pen.columns.draw(pen.g, this.left, top + m.stripTop, m.strip)
  }
}
