import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { needsNoSandbox } from '../../electron/start/electron.mjs'
import { type Benchmark, type Round, skip, summarise } from './bench'
import { type Desktop, findDesktop } from './support/apps'
import { atExit } from './support/children'
import { hereMillis } from './support/clocks'

const head = { name: 'startup', unit: 'ms', better: 'lower' } as const
const probe = join('tests/bench/anchors/interactive.cjs')
const patienceMillis = 60_000

/** What is started, and what is in its page when one can begin. */
interface App {
  readonly path: string
  readonly interactive: string
  /** As on its user's machine, it lasts from start to start. */
  readonly profile: string
}
/** Chromium keeps compiled scripts from the second start on. */
const unmeasured = 3

export const startup: Benchmark = {
  name: head.name,
  about:
    'from the start of the desktop app until its page is painted and can be used, against a blank window of the same Electron; goal: ≤ 1.3 ×.',
  async measure({ rounds = 11 }) {
    const desktop = await findDesktop()
    if ('missing' in desktop) return [skip(head, desktop.missing)]
    const folder = mkdtempSync(join(tmpdir(), 'loopscope-bench-'))
    const remove = () => rmSync(folder, { recursive: true, force: true })
    const forget = atExit(remove)
    const ours: App = { path: '.', interactive: '.starts button:enabled', profile: join(folder, 'ours') }
    const blank: App = { path: 'tests/bench/anchors/blank.cjs', interactive: 'body', profile: join(folder, 'blank') }
    try {
      const figures: Round[] = []
      for (let i = 0; i < unmeasured + rounds; i++)
        figures.push({ blank: await start(desktop, blank), ours: await start(desktop, ours) })
      return [summarise(head, figures.slice(unmeasured))]
    } finally {
      forget()
      remove()
    }
  },
}

/** Resolves with ms until it was interactive, when it has ended. */
async function start({ path, env }: Desktop, app: App): Promise<number> {
  const args = [...(needsNoSandbox() ? ['--no-sandbox'] : []), '-r', probe, app.path, `--user-data-dir=${app.profile}`]
  const { ELECTRON_RUN_AS_NODE: _, ...rest } = env
  const begin = hereMillis()
  const child = spawn(path, args, { env: { ...rest, INTERACTIVE: app.interactive }, stdio: ['ignore', 'pipe', 'ignore'] })
  const forget = atExit(() => void child.kill('SIGKILL'))
  const timer = setTimeout(() => child.kill('SIGKILL'), patienceMillis)
  let took: number | null = null
  child.stdout.on('data', (text: Buffer) => {
    if (String(text).includes('interactive')) took ??= hereMillis() - begin
  })
  const code = await new Promise((resolve, reject) => child.once('exit', resolve).once('error', reject))
  clearTimeout(timer)
  forget()
  if (took === null) throw new Error(`${app.path} ended with ${code} before its page could be used`)
  return took
}
