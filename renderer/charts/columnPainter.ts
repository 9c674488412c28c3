/**
 * Paints lanes column by column: one 32-bit colour for each into a sheet of a few rows for each lane, which are then drawn at the lane's height. Of all ways
 * to draw a row that has another colour in every column this is by far the fastest: its cost does not depend on what is in it.
 */
import type { Colours, Token } from './pen'

export interface ColumnPainter {
  /** 32 bits of a pixel. 0 is nothing. */
  readonly colours: Readonly<Record<Token, number>>
  /** A sheet of so many columns in so many rows, row after row, with nothing on it. The one before is gone. */
  begin(width: number, rows: number): Uint32Array
  /** Draws `rows` rows of the sheet from `first` on, each over an equal part of the height. Device px. All rows are painted before the first is drawn. */
  draw(g: CanvasRenderingContext2D, first: number, rows: number, x: number, y: number, height: number): void
}

export class ImagePainter implements ColumnPainter {
  readonly colours: Readonly<Record<Token, number>>
  private readonly canvas = new OffscreenCanvas(1, 1)
  private readonly g = this.canvas.getContext('2d', { willReadFrequently: true })!
  private image = this.g.createImageData(1, 1)
  private used = 0
  private isPut = false

  constructor(colours: Colours) {
    this.colours = Object.fromEntries(
      Object.entries(colours).map(([token, colour]) => [token, this.pixelOf(colour)]),
    ) as Readonly<Record<Token, number>>
  }

  begin(width: number, rows: number): Uint32Array {
    const { canvas } = this
    if (canvas.width < width || canvas.height < rows) {
      canvas.width = Math.max(canvas.width, width)
      canvas.height = Math.max(canvas.height, rows)
    }
    if (this.image.width !== width || this.image.height < rows) this.image = this.g.createImageData(width, rows)
    this.used = rows
    this.isPut = false
    return new Uint32Array(this.image.data.buffer, 0, width * rows).fill(0)
  }

  draw(g: CanvasRenderingContext2D, first: number, rows: number, x: number, y: number, height: number): void {
    const { width } = this.image
    // Handing a sheet over costs more than what is on it.
    if (!this.isPut) this.g.putImageData(this.image, 0, 0, 0, 0, width, this.used)
    this.isPut = true
    g.imageSmoothingEnabled = false
    g.drawImage(this.canvas, 0, first, width, rows, x, y, width, height)
  }

  /** Whatever a canvas makes of the word: hex, or in forced colours what the system says. */
  private pixelOf(colour: string): number {
    this.g.fillStyle = colour
    this.g.fillRect(0, 0, 1, 1)
    return new Uint32Array(this.g.getImageData(0, 0, 1, 1).data.buffer)[0]!
  }
}
