/** Where the built parts lie, seen from the built hosts in out/main; the same inside a packed app. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export const workersFolder = join(import.meta.dirname, '../workers')
export const pageFolder = join(import.meta.dirname, '../renderer')
export const preloadFile = join(import.meta.dirname, '../preload/preload.cjs')

export function productVersion(): string {
  const { version }: { version: string } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'))
  return version
}
