/** `export --png` and `--svg`: a picture of a run that was printed before, in the light theme, all of it on one axis. */

import { untranslated } from '#protocol/catalogue'
import type { RunDocument } from '#protocol/document'
import type { PictureTask } from '#protocol/pictureTask'
import { plainText } from '#protocol/plainText'
import { makePicture } from './pictures/makePicture'
import { findScenario } from './scenarios/index'
import { synthetic } from './synthetic/info'
import { optionTakes, UsageError } from './usage'

export interface PictureOptions {
  readonly kind: 'png' | 'svg'
  readonly width: string | undefined
  readonly scale: string | undefined
}

const defaultWidth = 1400
const scales = [1, 2, 4] as const

/** Throws UsageError. */
export function readPictureOptions({ kind, width, scale }: PictureOptions): Pick<PictureTask, 'kind' | 'scale' | 'width'> {
  if (kind === 'svg' && scale !== undefined) throw new UsageError('--scale is for --png; an SVG is as fine as it is shown.')
  const pixels = width === undefined ? defaultWidth : /^\d{1,5}$/.test(width) ? Number(width) : 0
  if (pixels < 400 || pixels > 8000) throw new UsageError(`--width: “${width}” is not ${optionTakes.width}.`)
  const factor = scales.find((known) => String(known) === (scale ?? '1'))
  if (factor === undefined) throw new UsageError(`--scale: “${scale}” is not ${optionTakes.scale}.`)
  return { kind, width: pixels, scale: factor }
}

/** Throws UsageError where the document or the size will not do, and an Error where no picture can be made here. */
export async function pictureOf(
  file: string,
  document: RunDocument,
  options: Pick<PictureTask, 'kind' | 'scale' | 'width'>,
): Promise<Buffer> {
  const { title } =
    document.scenario === synthetic.id ? synthetic : (findScenario(document.scenario) ?? untitled(document.scenario))
  const made = await makePicture({ ...options, title: title.en, document })
  if (made.ok) return made.value
  const { kind, text } = made.problem
  if (kind === 'input')
    throw new UsageError(`${plainText(file, 200)} cannot be drawn: ${text}; make the file with “run <scenario> --json”.`)
  if (kind === 'size')
    throw new UsageError(
      `The picture would be ${text} pixels, more than can be drawn; take a smaller --scale or --width, or --csv.`,
    )
  throw new Error(text)
}

/** A programme of another version: its id says enough. */
const untitled = (id: string) => ({ title: untranslated(id) })
