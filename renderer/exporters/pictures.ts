/** The pictures that a view can be saved as, in the order of the menu. */
import { pngPicture, svgBlob, type TooLarge } from '../charts/picture/canvasPicture'
import type { PictureAbout } from '../charts/picture/plan'

export interface PictureKind {
  readonly id: 'png' | 'svg'
  /** Device px for a CSS px; an SVG has none. */
  readonly scale: 1 | 2 | 4
  /** Of the file's name. */
  readonly ending: string
}

export const pictureKinds: readonly PictureKind[] = [
  { id: 'png', scale: 1, ending: '.png' },
  { id: 'png', scale: 2, ending: '@2x.png' },
  { id: 'png', scale: 4, ending: '@4x.png' },
  { id: 'svg', scale: 1, ending: '.svg' },
]

/** In the colours of the theme that is on. */
export const makePicture = async ({ id, scale }: PictureKind, about: PictureAbout): Promise<Blob | TooLarge> =>
  id === 'svg' ? svgBlob(about) : pngPicture(about, scale)
