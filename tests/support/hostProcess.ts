/** A host that is expected to leave by itself, without a page: what it says on the way, and its exit code. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { needsNoSandbox } from '../../electron/start/electron.mjs'

export interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
  /** The lines for people, without what Chromium says. */
  readonly said: readonly string[]
}

/** `command`: the executable and what comes before the arguments. One that stays is killed after 20 s, with code null. */
export async function ends(
  [executable = '', ...first]: readonly string[],
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<Ended> {
  const folder = mkdtempSync(join(tmpdir(), 'loopscope-profile-'))
  const child = spawn(executable, [...first, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder, ...env },
    timeout: 20_000,
    killSignal: 'SIGKILL',
  })
  const heard = Promise.all([text(child.stdout), text(child.stderr)])
  const [code] = (await once(child, 'close')) as [number | null]
  const [out, err] = await heard
  rmSync(folder, { recursive: true, force: true })
  return { code, out, err, said: `${out}${err}`.split('\n').filter((line) => /^loopscope/i.test(line)) }
}

/** Electron with the app, or the packed app alone. */
export const desktopCommand = (executable: string, packed = false): string[] => [
  executable,
  ...(packed ? [] : ['.']),
  '--disable-gpu',
  ...(needsNoSandbox() ? ['--no-sandbox'] : []),
]
