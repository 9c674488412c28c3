/**
 * Paints a lane column by column: one 32-bit colour for each into an image of a few rows, which is then drawn at the lane's height. Of all ways to draw
 * a row that has another colour in every column this is by far the fastest: its cost does not depend on what is in it.
 */
import type { Colours, Token } from './pen'

export interface ColumnPainter {
  /** 32 bits of a pixel. 0 is nothing. */
  readonly colours: Readonly<Record<Token, number>>
  /** A picture of so many columns in so many rows, row after row, with nothing in it. */
  begin(width: number, rows: number): Uint32Array
  /** Draws it, each row over an equal part of the height. Device px. */
  draw(g: CanvasRenderingContext2D, x: number, y: number, height: number): void
}

export class ImagePainter implements ColumnPainter {
  readonly colours: Readonly<Record<Token, number>>
  private readonly canvas = new OffscreenCanvas(1, 1)
  private readonly g = this.canvas.getContext('2d', { willReadFrequently: true })!
  /** One for each number of rows: bodies and strips come in turn. */
  private readonly images: ImageData[] = []
  private image = this.g.createImageData(1, 1)

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
    const known = this.images[rows]
    this.image = known?.width === width ? known : this.g.createImageData(width, rows)
    this.images[rows] = this.image
    return new Uint32Array(this.image.data.buffer).fill(0)
  }

  draw(g: CanvasRenderingContext2D, x: number, y: number, height: number): void {
    const { width, height: rows } = this.image
    this.g.putImageData(this.image, 0, 0)
    g.imageSmoothingEnabled = false
    g.drawImage(this.canvas, 0, 0, width, rows, x, y, width, height)
  }

  /** Whatever a canvas makes of the word: hex, or in forced colours what the system says. */
  private pixelOf(colour: string): number {
    this.g.fillStyle = colour
    this.g.fillRect(0, 0, 1, 1)
    return new Uint32Array(this.g.getImageData(0, 0, 1, 1).data.buffer)[0]!
  }
}
