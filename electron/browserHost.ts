/** `serve`: the browser host from its flags to its end. Returns the exit code; what went wrong is one sentence on stderr. */
import { spawn } from 'node:child_process'
import { parseArgs } from 'node:util'
import { failure, type Result, success } from '#protocol/result'
import { type BrowserHost, startBrowserHost } from './browserHost'
import { createEngine } from './engine/createEngine'
import { type Opening, openingFlags, readOpening } from './hostOptions'
import { pageFolder, productVersion, workersFolder } from './places'
import { scenarioFiles } from './scenarios'

interface ServeOptions {
  readonly opening: Opening | null
  readonly port: number
  readonly openBrowser: boolean
}

export async function serve(argv: readonly string[]): Promise<number> {
  const options = readServeOptions(argv)
  if (!options.ok) return complain(options.problem)
  const engine = await createEngine({
    host: { kind: 'browser', runtime: `Node ${process.versions.node}`, version: productVersion() },
    workersDir: workersFolder,
    open: options.value.opening,
    askBeforeConsuming: true,
  })
  const host = await startBrowserHost({ port: options.value.port, pageFolder, engine })
  if (!host.ok) {
    await engine.close()
    return complain(host.problem)
  }
  const ended = untilStopped()
  console.log(`Loopscope: ${host.value.address}`)
  if (options.value.openBrowser) openBrowser(host.value)
  await ended
  await Promise.all([host.value.close(), engine.close()])
  return 0
}

export function readServeOptions(argv: readonly string[]): Result<ServeOptions> {
  const flags = readFlags(argv)
  if (!flags.ok) return flags
  const { port = '0', 'no-open': noOpen = false, ...openingValues } = flags.value
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65535) return failure(`--port: “${port}” is not a whole number from 0 to 65535.`)
  const opening = readOpening(
    openingValues,
    scenarioFiles.map(({ scenario }) => scenario),
  )
  return opening.ok ? success({ opening: opening.value, port: Number(port), openBrowser: !noOpen }) : opening
}

function readFlags(argv: readonly string[]) {
  const options = { ...openingFlags, port: { type: 'string' }, 'no-open': { type: 'boolean' } } as const
  try {
    return success(parseArgs({ args: [...argv], options, allowPositionals: false }).values)
  } catch (error) {
    return failure((error as Error).message.split(/(?<=\.) /)[0] ?? String(error))
  }
}

function complain(problem: string): number {
  console.error(`Loopscope: ${problem}`)
  return 2
}

/** Ctrl+C, a polite kill, or the end of the process that started us with a line to it. A second Ctrl+C does not wait. */
function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    let stopping = false
    const stop = () => {
      if (stopping) process.exit(130)
      stopping = true
      resolve()
    }
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
    process.once('disconnect', resolve)
  })
}

/** The address is printed in any case, so a machine without a browser loses nothing. */
function openBrowser(host: BrowserHost): void {
  const { platform, env } = process
  if (platform === 'linux' && !env['DISPLAY'] && !env['WAYLAND_DISPLAY']) return
  const [command, ...before] =
    platform === 'darwin' ? ['open'] : platform === 'win32' ? ['cmd', '/c', 'start', '""'] : ['xdg-open']
  const child = spawn(command!, [...before, host.onceAddress()], { stdio: 'ignore', detached: true })
  child.once('error', () => console.error(`Loopscope: no browser could be started by ${command}; open the address above.`))
  child.unref()
}
