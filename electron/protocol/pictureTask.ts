/** What the command line asks of the page that draws a picture (`renderer/picture.ts`), and how that page says that there is none. */
import type { RunDocument } from './document'

export interface PictureTask {
  readonly kind: 'png' | 'svg'
  /** Device px for a CSS px; of an SVG 1. */
  readonly scale: 1 | 2 | 4
  /** CSS px. */
  readonly width: number
  /** Of the programme. */
  readonly title: string
  /** Checked by whoever read it from its file. */
  readonly document: RunDocument
}

/** input: the document cannot be drawn. size: more pixels than can be drawn. fault: ours. */
export const refusalKinds = ['input', 'size', 'fault'] as const

export interface PictureRefusal {
  readonly kind: (typeof refusalKinds)[number]
  readonly text: string
}
