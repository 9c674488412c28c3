/**
 * A canvas of whole pixels for tests without a browser: rectangles are painted, everything else (paths, text) is left out. What the charts
 * promise about pixels they promise about rectangles.
 */
import type { ColumnPainter } from '../../renderer/charts/columnPainter'
import type { Colours, Pen, Token } from '../../renderer/charts/pen'

export class Raster {
  /** Colour of each pixel, '' where nothing was painted. */
  readonly pixels: string[]
  readonly texts: { text: string; x: number }[] = []

  constructor(
    readonly width: number,
    readonly height: number,
  ) {
    this.pixels = new Array<string>(width * height).fill('')
  }

  at(x: number, y: number): string {
    return this.pixels[y * this.width + x] ?? ''
  }

  /** Colours of one column from top to bottom. */
  column(x: number): Set<string> {
    return new Set(Array.from({ length: this.height }, (_, y) => this.at(x, y)).filter((colour) => colour !== ''))
  }

  pen(ratio = 1): Pen {
    const context = {
      fillStyle: '',
      fillRect: (x: number, y: number, width: number, height: number) => {
        for (let row = Math.max(0, Math.floor(y)); row < Math.min(this.height, y + height); row++) {
          for (let column = Math.max(0, Math.floor(x)); column < Math.min(this.width, x + width); column++) {
            this.pixels[row * this.width + column] = context.fillStyle
          }
        }
      },
      fillText: (text: string, x: number) => this.texts.push({ text, x }),
      measureText: (text: string) => ({ width: text.length * 7 }),
    }
    const rest = new Proxy(context, {
      get: (target, key) => (key in target ? target[key as keyof typeof target] : () => undefined),
      set: (target, key, value) => Reflect.set(target, key, value),
    })
    // A colour is its token's name: what was painted can be read.
    const colours = new Proxy({}, { get: (_target, token) => token }) as Colours
    return { g: rest as unknown as CanvasRenderingContext2D, ratio, colours, font: 'test', columns: new TokenPainter(this) }
  }
}

export const token = (name: Token) => name

/** Paints with the tokens' names, as everything else here. */
class TokenPainter implements ColumnPainter {
  private readonly names: string[] = ['']
  readonly colours = new Proxy({} as Record<Token, number>, {
    get: (_target, token) => {
      const known = this.names.indexOf(String(token))
      return known > 0 ? known : this.names.push(String(token)) - 1
    },
  })
  private pixels = new Uint32Array(0)
  private width = 0

  constructor(private readonly raster: Raster) {}

  begin(width: number, rows: number): Uint32Array {
    this.width = width
    this.pixels = new Uint32Array(width * rows)
    return this.pixels
  }

  draw(_g: CanvasRenderingContext2D, first: number, rows: number, x: number, y: number, height: number): void {
    const { raster, width, pixels } = this
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < width; column++) {
        const name = this.names[pixels[(first + Math.floor((row * rows) / height)) * width + column]!]!
        const at = (y + row) * raster.width + x + column
        if (name !== '' && x + column < raster.width && y + row < raster.height) raster.pixels[at] = name
      }
    }
  }
}
