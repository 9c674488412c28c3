/** The path that is being drawn: SVG's data, and what it covers. */

export interface Rectangle {
  readonly x0: number
  readonly y0: number
  readonly x1: number
  readonly y1: number
}

export const everywhere: Rectangle = { x0: -Infinity, y0: -Infinity, x1: Infinity, y1: Infinity }

export const overlap = (a: Rectangle, b: Rectangle): Rectangle => ({
  x0: Math.max(a.x0, b.x0),
  y0: Math.max(a.y0, b.y0),
  x1: Math.min(a.x1, b.x1),
  y1: Math.min(a.y1, b.y1),
})
export const isEmpty = ({ x0, y0, x1, y1 }: Rectangle) => x1 <= x0 || y1 <= y0
export const holds = (outer: Rectangle, { x0, y0, x1, y1 }: Rectangle) =>
  x0 >= outer.x0 && y0 >= outer.y0 && x1 <= outer.x1 && y1 <= outer.y1
export const rectangle = (x: number, y: number, width: number, height: number): Rectangle => ({
  x0: x,
  y0: y,
  x1: x + width,
  y1: y + height,
})

/** Hundredths of a pixel are enough. */
export const short = (value: number) => String(Math.round(value * 100) / 100 + 0)
export const rectPath = ({ x0, y0, x1, y1 }: Rectangle) =>
  `M${short(x0)} ${short(y0)}h${short(x1 - x0)}v${short(y1 - y0)}h${short(x0 - x1)}z`

export class SvgPath {
  data = ''
  bounds: Rectangle | null = null
  /** Of what was added only rectangles: a clip must be one. */
  rectangles: Rectangle[] | null = []

  point(command: 'M' | 'L', x: number, y: number): void {
    this.rectangles = null
    this.data += `${command}${short(x)} ${short(y)}`
    this.cover(rectangle(x, y, 0, 0))
  }

  rect(added: Rectangle): void {
    this.rectangles?.push(added)
    this.data += rectPath(added)
    this.cover(added)
  }

  circle(x: number, y: number, radius: number): void {
    this.rectangles = null
    const [r, d] = [short(radius), short(2 * radius)]
    this.data += `M${short(x - radius)} ${short(y)}a${r} ${r} 0 1 0 ${d} 0a${r} ${r} 0 1 0 -${d} 0z`
    this.cover(rectangle(x - radius, y - radius, 2 * radius, 2 * radius))
  }

  close(): void {
    this.data += 'z'
  }

  private cover({ x0, y0, x1, y1 }: Rectangle): void {
    const known = this.bounds
    this.bounds = known
      ? { x0: Math.min(known.x0, x0), y0: Math.min(known.y0, y0), x1: Math.max(known.x1, x1), y1: Math.max(known.y1, y1) }
      : { x0, y0, x1, y1 }
  }
}
