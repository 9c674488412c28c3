/** Shapes that are drawn together, a call for each colour instead of one for each shape: where thousands end in one picture, that is most of its time. */
import { type Pen, type Points, polygon, polygons, polyline, polylines } from './pen'

/** What a shape is drawn with. */
export interface Ink {
  polygon(points: Points, colour: string): void
  polyline(points: Points, colour: string, width: number): void
}

/** At once. */
export const inkOf = (pen: Pen): Ink => ({
  polygon: (points, colour) => polygon(pen, points, colour),
  polyline: (points, colour, width) => polyline(pen, points, colour, width),
})

/** When it is asked to. No shape in it may cover another. */
export class Batch implements Ink {
  private readonly shapes = new Map<string, Points[]>()
  private readonly lines = new Map<string, { readonly width: number; readonly lines: Points[] }>()

  polygon(points: Points, colour: string): void {
    const known = this.shapes.get(colour)
    if (known) known.push(points)
    else this.shapes.set(colour, [points])
  }

  /** All lines of a colour are as wide as the first. */
  polyline(points: Points, colour: string, width: number): void {
    const known = this.lines.get(colour)
    if (known) known.lines.push(points)
    else this.lines.set(colour, { width, lines: [points] })
  }

  draw(pen: Pen): void {
    for (const [colour, shapes] of this.shapes) polygons(pen, shapes, colour)
    for (const [colour, { width, lines }] of this.lines) polylines(pen, lines, colour, width)
  }
}
