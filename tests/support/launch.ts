/** Starts the app as a user would, on either host, with a Playwright page in its window. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { _electron, type Browser, chromium, type ElectronApplication, type Page } from 'playwright'

export interface OpenedApp {
  readonly page: Page
  /** In Electron, the app: its main process can be asked. */
  readonly electron: ElectronApplication | null
  /** In a browser, the address with its token. */
  readonly address: string | null
  /** Of the process that holds the engine. */
  readonly pid: number
  /** What stands on the engine's console, of the part for errors; in Electron only from the moment at which Playwright has joined. */
  said(): string
  /** Where it keeps its settings. */
  readonly settingsFile: string
  /** The exit code, or the signal of which it died. */
  readonly ended: Promise<number | NodeJS.Signals | null>
  /** Ends it as a user would: by closing the window, or by Ctrl+C. Resolves with the exit code. */
  quit(): Promise<number | NodeJS.Signals | null>
}

export const viewport = { width: 1440, height: 900 }

export interface LaunchOptions {
  /** For what the app keeps; else one of its own, which goes when the app quits. */
  readonly folder?: string | undefined
  /** Another folder with a built app than this one. */
  readonly app?: string | undefined
}

export interface BrowserOptions extends LaunchOptions {
  /** What starts the host, in a group of its own as a shell would have it; else the host's own file. */
  readonly command?: readonly string[]
  /** Shows the page, as a user's own browser would, and is left open; else one is started for it. */
  readonly browser?: Browser | undefined
}

export interface ElectronOptions extends LaunchOptions {
  /** The executable is the packed app, not a runtime. */
  readonly packed?: boolean
  readonly env?: NodeJS.ProcessEnv
}

/** `args`: such as `--scenario=join`. */
export async function launchElectron(
  executable: string,
  args: readonly string[],
  { packed = false, env = process.env, folder, app: appFolder = '.' }: ElectronOptions = {},
): Promise<OpenedApp> {
  const profile = folder ?? mkdtempSync(join(tmpdir(), 'loopscope-profile-'))
  const remove = () => rmSync(profile, { recursive: true, force: true })
  process.once('exit', remove)
  const own = ['--disable-gpu', `--user-data-dir=${profile}`, ...args]
  const app = await launch(executable, packed ? own : [appFolder, ...own], packed, env as Record<string, string>)
  const ended = endOf(app.process())
  const said = heardFrom(app.process())
  return {
    page: await app.firstWindow(),
    electron: app,
    address: null,
    pid: app.process().pid!,
    said,
    ended,
    settingsFile: join(profile, 'settings.json'),
    async quit() {
      await app.close()
      const code = await ended
      if (!folder) rmSync(profile, { recursive: true, force: true })
      return code
    },
  }
}

/**
 * About one launch in twenty hangs when Playwright attaches just while the window is being made. With its own loader it does not, since that
 * keeps the app from being ready before; the loader is used where Playwright finds the runtime by itself, which a packed app does not allow.
 */
async function launch(executable: string, args: string[], packed: boolean, env: Record<string, string>) {
  if (!packed && process.platform === 'linux') {
    process.env['ELECTRON_OVERRIDE_DIST_PATH'] = dirname(executable)
    return _electron.launch({ args, env })
  }
  const options = { executablePath: executable, args, env, timeout: 15_000 }
  try {
    return await _electron.launch(options)
  } catch (error) {
    console.warn(`launching again, since the first did not answer: ${String(error).split('\n')[0]}`)
    return _electron.launch(options)
  }
}

/** The browser version, and a Chromium that shows its page. */
export async function launchBrowser(
  executable: string,
  args: readonly string[],
  { folder, command, browser, app = '.' }: BrowserOptions = {},
): Promise<OpenedApp> {
  const data = folder ?? mkdtempSync(join(tmpdir(), 'loopscope-data-'))
  const [file = '', ...words] = command ?? [process.execPath, join(app, 'out/main/browser.cjs')]
  const host = spawn(file, [...words, '--no-open', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: command !== undefined,
    env: { ...process.env, XDG_DATA_HOME: data },
  })
  const said = heardFrom(host)
  const ended = endOf(host)
  const address = await printedAddress(host)
  const shows = browser ?? (await chromium.launch({ executablePath: executable }))
  const page = await shows.newPage({ viewport })
  await page.goto(address)
  return {
    page,
    electron: null,
    address,
    pid: host.pid!,
    said,
    ended,
    settingsFile: join(data, 'loopscope/settings.json'),
    async quit() {
      await (browser ? page.context() : shows).close()
      host.kill('SIGINT')
      const code = await ended
      if (!folder) rmSync(data, { recursive: true, force: true })
      return code
    },
  }
}

export const endOf = (child: ChildProcess) =>
  new Promise<number | NodeJS.Signals | null>((resolve) => child.once('exit', (code, signal) => resolve(signal ?? code)))

/** Also passed on, for whoever reads a test that failed. */
export function heardFrom({ stderr }: ChildProcess): () => string {
  let heard = ''
  stderr?.on('data', (piece: Buffer) => {
    heard += piece
    process.stderr.write(piece)
  })
  return () => heard
}

/** The address in the line `Loopscope: http://127.0.0.1:PORT/?token=…`. */
export const printedAddress = (host: ChildProcess): Promise<string> =>
  printedLine(host, host.stdout!, /^Loopscope: (http:\/\/\S+)$/)

/** The first group in the first line printed there that fits. */
export function printedLine(child: ChildProcess, input: Readable, line: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    createInterface({ input }).on('line', (printed) => {
      const found = line.exec(printed)?.[1]
      if (found) resolve(found)
    })
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`it ended with ${code} before it printed ${line}`)))
  })
}
