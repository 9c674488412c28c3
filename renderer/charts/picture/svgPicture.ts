/** A picture as SVG: one path for each state of a row, and words as words. As large as the picture is, however many spans it shows. */
import type { ColumnPainter } from '../columnPainter'
import type { Colours, Pen, Token } from '../pen'
import { drawPicture } from './drawPicture'
import { type PictureAbout, planPicture } from './plan'
import { asCanvas, type Ruler, SvgContext } from './svgContext'
import { xmlText } from './xmlText'

/** Pieces of the file. */
export function svgPicture(about: PictureAbout, colours: Colours, font: string, ruler: Ruler): string[] {
  const context = new SvgContext(ruler)
  const pen: Pen = { g: asCanvas(context), ratio: 1, colours, font, columns: new SvgColumns(colours, context) }
  const picture = planPicture(about, pen)
  drawPicture(pen, picture)
  const { width, height } = picture
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${xmlText(font)}">\n`,
    `<title>${xmlText(about.title)}</title>\n<desc>${xmlText(`${about.range}. ${about.described}`)}</desc>\n`,
    context.elements(),
    '\n</svg>\n',
  ]
}

/** Columns of a row → stretches of one colour. A pixel's number is its colour's place in the list. */
export class SvgColumns implements ColumnPainter {
  readonly colours: Readonly<Record<Token, number>>
  private readonly list: readonly string[]
  private pixels = new Uint32Array(0)
  private width = 0

  constructor(
    colours: Colours,
    private readonly context: SvgContext,
  ) {
    this.list = ['', ...new Set(Object.values(colours))]
    this.colours = Object.fromEntries(
      Object.entries(colours).map(([token, colour]) => [token, this.list.indexOf(colour)]),
    ) as Readonly<Record<Token, number>>
  }

  begin(width: number, rows: number): Uint32Array {
    this.width = width
    this.pixels = new Uint32Array(width * rows)
    return this.pixels
  }

  draw(_g: CanvasRenderingContext2D, first: number, rows: number, x: number, y: number, height: number): void {
    const { width } = this
    const pixels = this.pixels.subarray(first * width)
    const each = height / rows
    // Equal from top to bottom: drawn at once.
    const isWhole = (column: number) => {
      for (let row = 1; row < rows; row++) if (pixels[row * width + column] !== pixels[column]) return false
      return true
    }
    const colourAt = (row: number | null) => (column: number) =>
      row === null ? (isWhole(column) ? pixels[column]! : 0) : isWhole(column) ? 0 : pixels[row * width + column]!
    this.paint(colourAt(null), x, y, height)
    for (let row = 0; row < rows; row++) this.paint(colourAt(row), x, y + row * each, each)
  }

  private paint(colourAt: (column: number) => number, x: number, y: number, height: number): void {
    const stretches = new Map<number, [number, number][]>()
    for (let from = 0; from < this.width; ) {
      const colour = colourAt(from)
      let to = from + 1
      while (to < this.width && colourAt(to) === colour) to++
      if (colour !== 0) {
        const known = stretches.get(colour) ?? []
        known.push([x + from, x + to])
        stretches.set(colour, known)
      }
      from = to
    }
    for (const [colour, list] of stretches) this.context.bands(this.list[colour]!, y, height, list)
  }
}
