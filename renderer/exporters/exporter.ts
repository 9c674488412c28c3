import type { RunDocument } from '#protocol/document'

/** One kind of file that a run can be saved as. */
export interface Exporter {
  /** Also the ending of the file's name. */
  readonly id: 'csv' | 'json'
  /** MIME. */
  readonly type: string
  /** Pieces of the file's text, which is UTF-8. */
  write(document: RunDocument): Iterable<string>
}
