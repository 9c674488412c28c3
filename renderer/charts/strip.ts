/** The strip below a row: in each column the most urgent of the alerts that stand there. */
import { type Alert, alerts, alertToken, leastStrip } from './drawMarks'
import { type Measures, type Pen, px } from './pen'

const rankOf = Object.fromEntries(alerts.map((alert, at) => [alert, at + 1])) as Readonly<Record<Alert, number>>

export class Strip {
  /** Place in `alerts`, from 1; 0: nothing. */
  private readonly ranks: Uint8Array
  private readonly least: number
  private any = false

  /** Device px between which the row is drawn. */
  constructor(
    private readonly pen: Pen,
    m: Measures,
    private readonly left: number,
    right: number,
  ) {
    this.ranks = new Uint8Array(right - left)
    this.least = px(pen, leastStrip(m))
  }

  /** Over the columns [x0, x1), or the least that can be seen. */
  add(alert: Alert, x0: number, x1: number): void {
    const rank = rankOf[alert]
    const { ranks, left, least } = this
    const to = Math.min(Math.max(x1, x0 + least) - left, ranks.length)
    for (let column = Math.max(0, x0 - left); column < to; column++) if (ranks[column]! < rank) ranks[column] = rank
    this.any = true
  }

  /** False: there is nothing on it. */
  paint(pixels: Uint32Array): boolean {
    const { ranks, pen } = this
    if (!this.any) return false
    const { colours } = pen.columns
    const colourOf = [0, ...alerts.map((alert) => colours[alertToken[alert]])]
    for (let column = 0; column < ranks.length; column++) pixels[column] = colourOf[ranks[column]!]!
    return true
  }
}
