/** Where the built parts lie, seen from the built hosts in out/main; the same inside a packed app. */
import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

export const workersFolder = join(import.meta.dirname, '../workers')
export const pageFolder = join(import.meta.dirname, '../renderer')
export const preloadFile = join(import.meta.dirname, '../preload/preload.cjs')

/** Where the browser version keeps what is to last, by the rules of each system. */
export function dataFolder(): string {
  const { platform, env } = process
  if (platform === 'win32') return join(env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'Loopscope')
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Loopscope')
  return join(env['XDG_DATA_HOME'] || join(homedir(), '.local', 'share'), 'loopscope')
}

export function productVersion(): string {
  const { version }: { version: string } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'))
  return version
}
