/** The browser host from its flags to its end: an engine, the page's server, and a browser that is shown the address. */
import { spawn } from 'node:child_process'
import { refusedSentence } from './channels/lineGuard'
import { type PageServer, startPageServer } from './channels/pageServer'
import { createEngine } from './engine/createEngine'
import type { Opening } from './engine/engine'
import { known } from './engine/known'
import { forkProcess } from './forkProcess'
import { openingFlags, readOpening, readRingSlots } from './hostOptions'
import { dataFolder, pageFolder, productVersion, workersFolder } from './places'
import { SettingsFile } from './settings/settingsFile'
import { optionTakes, readArguments, UsageError } from './usage'

interface ServeOptions {
  /** 0: any free port. */
  readonly port: number
  /** Whether to start the system's browser. */
  readonly open: boolean
  /** What the page shows first, ready to run. */
  readonly start: Opening | null
}

/** Prints the address when the page can be opened; resolves with the exit code when it was told to end. Throws UsageError. */
export async function serve(argv: readonly string[]): Promise<number> {
  const { port, open, start } = readServeOptions(argv)
  const ringSlots = readRingSlots(process.env)
  if (!ringSlots.ok) throw new UsageError(ringSlots.problem)
  const file = new SettingsFile({
    folder: dataFolder(),
    scenarios: known,
    keyring: null,
    say: (sentence) => console.error(`Loopscope: ${sentence}`),
  })
  const engine = await createEngine({
    host: { kind: 'browser', runtime: `Node ${process.versions.node}`, version: productVersion() },
    workersDir: workersFolder,
    spawnProcess: forkProcess,
    dataDir: dataFolder(),
    open: start,
    askBeforeConsuming: true,
    ringSlots: ringSlots.value,
    settings: file.settings,
  })
  const server = await startPageServer({ port, pageFolder, appearance: () => file.settings.settings, engine })
  if (!server.ok) {
    await Promise.all([engine.close(), file.close()])
    throw new UsageError(server.problem)
  }
  // Heard from before the address is printed: whoever reads it may want to stop us at once.
  const stopped = untilStopped()
  process.stdout.write(`Loopscope: ${server.value.address}\n`)
  if (open) openBrowser(server.value)
  await stopped
  await Promise.all([server.value.close(), engine.close(), file.close()])
  const refused = refusedSentence(engine.refused)
  if (refused) console.error(refused)
  return 0
}

/** The flags of `cli serve` and `browser.cjs`, and of `npm start` where it opens the browser version. */
export function readServeOptions(argv: readonly string[]): ServeOptions {
  const options = { ...openingFlags, port: { type: 'string' }, 'no-open': { type: 'boolean' } } as const
  const { port = '0', 'no-open': noOpen = false, ...opening } = readArguments({ args: [...argv], options }).values
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    throw new UsageError(`--port: “${port}” is not ${optionTakes.port}.`)
  }
  const start = readOpening(opening, known)
  if (!start.ok) throw new UsageError(start.problem)
  return { port: Number(port), open: !noOpen, start: start.value }
}

/** Ctrl+C, a polite kill, or the end of the process that started us with a line to it. A second Ctrl+C does not wait. */
function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    let stoppedAt = 0
    const stop = () => {
      // One Ctrl+C can come twice, from the terminal and from npm.
      if (stoppedAt > 0 && Date.now() - stoppedAt > 300) process.exit(130)
      stoppedAt ||= Date.now()
      resolve()
    }
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
    process.once('disconnect', resolve)
  })
}

/** The address is printed in any case, so a machine without a browser loses nothing. */
function openBrowser(server: PageServer): void {
  const { platform, env } = process
  if (platform === 'linux' && !env['DISPLAY'] && !env['WAYLAND_DISPLAY']) return
  const [command, ...before] =
    platform === 'darwin' ? ['open'] : platform === 'win32' ? ['cmd', '/c', 'start', '""'] : ['xdg-open']
  const child = spawn(command!, [...before, server.onceAddress()], { stdio: 'ignore', detached: true })
  child.once('error', () => console.error(`Loopscope: no browser could be started by ${command}; open the address above.`))
  child.unref()
}
