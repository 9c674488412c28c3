import type { Exporter } from './exporter'

/** The document as `run --json` prints it. */
export const json: Exporter = {
  id: 'json',
  type: 'application/json',
  write: (document) => [JSON.stringify(document, null, 2), '\n'],
}
