/** A picture in pixels: drawn on a canvas that is in no page. */
import { ImagePainter } from '../columnPainter'
import { forgetRows } from '../drawRow'
import { theme } from '../theme'
import { drawPicture } from './drawPicture'
import { type PictureAbout, planPicture } from './plan'
import { svgPicture } from './svgPicture'

/** What every browser draws on one canvas, device px: of a side, and of the whole; beyond it a canvas stays empty without a word. */
const longestSide = 32_767
const mostPixels = 2 ** 27

/** So wide and high, device px, that no canvas holds it. */
export interface TooLarge {
  readonly width: number
  readonly height: number
}

const isTooLarge = ({ width, height }: TooLarge) => Math.max(width, height) > longestSide || width * height > mostPixels

/** A context that only measures. */
function ruler(): CanvasRenderingContext2D {
  const g = document.createElement('canvas').getContext('2d')
  if (!g) throw new Error('a canvas has no context')
  return g
}

const sizeOf = (about: PictureAbout, ratio: number) => {
  const picture = planPicture(about, { g: ruler(), ratio: 1, ...theme() })
  return { picture, size: { width: Math.round(picture.width * ratio), height: Math.round(picture.height * ratio) } }
}

/** In the colours of the theme that is on. */
export async function pngPicture(about: PictureAbout, ratio: 1 | 2 | 4): Promise<Blob | TooLarge> {
  const { picture, size } = sizeOf(about, ratio)
  if (isTooLarge(size)) return size
  const canvas = document.createElement('canvas')
  Object.assign(canvas, size)
  const g = canvas.getContext('2d', { alpha: false })
  if (!g) return size
  // A painter of its own: what it keeps for the largest picture would stay as long as the page.
  drawPicture({ g, ratio, ...theme(), columns: new ImagePainter(theme().colours) }, picture)
  forgetRows()
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
  // There was no memory for it.
  return blob ?? size
}

export function svgBlob(about: PictureAbout): Blob | TooLarge {
  const { size } = sizeOf(about, 1)
  if (isTooLarge(size)) return size
  const g = ruler()
  const width = (font: string, text: string) => {
    g.font = font
    return g.measureText(text).width
  }
  const { colours, font } = theme()
  const pieces = svgPicture(about, colours, font, width)
  forgetRows()
  return new Blob(pieces, { type: 'image/svg+xml;charset=utf-8' })
}
