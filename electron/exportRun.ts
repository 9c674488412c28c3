/** `export`: a run that was printed before, as its spans for spreadsheets and programs, or as a picture. */
import { type BigIntStats, existsSync } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { spansCsv, spansJson } from '#protocol/spanRows'
import { print } from './commands'
import { readDocument } from './documentFile'
import { pictureOf, readPictureOptions } from './exportPicture'
import { UsageError } from './usage'

export const exportKinds = ['csv', 'json', 'png', 'svg'] as const
type ExportKind = (typeof exportKinds)[number]

export interface ExportOptions {
  readonly file: string
  /** All that were asked for. */
  readonly kinds: readonly ExportKind[]
  /** Undefined: to stdout. */
  readonly out: string | undefined
  /** Of a picture, as typed. */
  readonly width: string | undefined
  readonly scale: string | undefined
}

/** Throws UsageError, and an Error where no picture can be made here. */
export async function exportRun(options: ExportOptions): Promise<number> {
  const { file, out } = options
  if (file === '') throw new UsageError('export: say which file; it holds what “run <scenario> --json” printed.')
  const read = readerFor(options)
  if (out === undefined) for (const piece of await read()) await print(piece)
  else {
    const to = await freeToWrite(out, file)
    await write(to, await read())
  }
  return 0
}

type Pieces = Iterable<string | Uint8Array>

/** Checks what was typed before anything is read. */
function readerFor({ file, kinds, out, width, scale }: ExportOptions): () => Promise<Pieces> {
  const [kind, ...more] = kinds
  if (kind === undefined || more.length > 0)
    throw new UsageError(`export: say one of --csv, --json, --png and --svg${kind ? ', not several' : ''}.`)
  if (kind === 'png' || kind === 'svg') {
    const options = readPictureOptions({ kind, width, scale })
    if (kind === 'png' && out === undefined && process.stdout.isTTY)
      throw new UsageError('--png: a picture is nothing for a terminal; name a file with --out, or pass it on with | or >.')
    return async () => [await pictureOf(file, await readDocument(file), options)]
  }
  if (width !== undefined || scale !== undefined) throw new UsageError('--width and --scale are for --png and --svg alone.')
  return async () => (kind === 'csv' ? spansCsv : spansJson)(await readDocument(file))
}

/** The run would be lost if its own file were written over. */
async function freeToWrite(out: string, file: string): Promise<string> {
  const refuse = (problem: string) => new UsageError(`--out: “${out}” ${problem}; name another file.`)
  if (out === '') throw refuse('is no name of a file')
  const exact = { bigint: true } as const
  if (existsSync(out) && existsSync(file) && isSame(await stat(out, exact), await stat(file, exact)))
    throw refuse('is the file that is read')
  return out
}

/** Under whatever name or link. */
const isSame = (one: BigIntStats, other: BigIntStats) => one.ino === other.ino && one.dev === other.dev

async function write(out: string, pieces: Pieces): Promise<void> {
  const file = await open(out, 'w').catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`--out: “${out}” cannot be written (${error.code ?? error.message}); name another file.`)
  })
  try {
    for (const piece of pieces) await file.appendFile(piece)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    throw new Error(
      `--out: “${out}” could not be written to its end (${code ?? message}), and is not whole; make room or name another file.`,
    )
  } finally {
    await file.close()
  }
}
