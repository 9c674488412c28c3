/** `export`: the spans of a run that was printed before, for spreadsheets and programs. */
import { type BigIntStats, existsSync } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { spansCsv, spansJson } from '#protocol/spanRows'
import { print } from './commands'
import { readDocument } from './documentFile'
import { UsageError } from './usage'

export interface ExportOptions {
  readonly file: string
  readonly csv: boolean
  readonly json: boolean
  /** Undefined: to stdout. */
  readonly out: string | undefined
}

/** Throws UsageError. */
export async function exportSpans({ file, csv, json, out }: ExportOptions): Promise<number> {
  if (file === '') throw new UsageError('export: say which file; it holds what “run <scenario> --json” printed.')
  if (csv === json) throw new UsageError(`export: say either --csv or --json${csv ? ', not both' : ''}.`)
  const document = await readDocument(file)
  const pieces = csv ? spansCsv(document) : spansJson(document)
  if (out === undefined) for (const piece of pieces) await print(piece)
  else await write(await freeToWrite(out, file), pieces)
  return 0
}

/** The run would be lost if its own file were written over. */
async function freeToWrite(out: string, file: string): Promise<string> {
  const refuse = (problem: string) => new UsageError(`--out: “${out}” ${problem}; name another file.`)
  if (out === '') throw refuse('is no name of a file')
  const exact = { bigint: true } as const
  if (existsSync(out) && isSame(await stat(out, exact), await stat(file, exact))) throw refuse('is the file that is read')
  return out
}

/** Under whatever name or link. */
const isSame = (one: BigIntStats, other: BigIntStats) => one.ino === other.ino && one.dev === other.dev

async function write(out: string, pieces: Iterable<string>): Promise<void> {
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
