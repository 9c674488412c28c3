/** What can show a page without a window that is seen. */
import { join } from 'node:path'
import { findChromium } from '../start/commands.mjs'
import { openDisplay } from '../start/display.mjs'
import { hasDisplay, needsNoSandbox, workingElectron } from '../start/electron.mjs'

export interface HiddenBrowser {
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
  readonly env: NodeJS.ProcessEnv
  /** Once it has ended. */
  close(): void
}

export interface Shown {
  /** Of the product. */
  readonly root: string
  /** A folder for the browser alone. */
  readonly profile: string
  /** A new one for each that is tried. */
  readonly newAddress: () => string
}

/** The variable by which the entry for Electron (`window.ts`) is told what to show. */
const addressVariable = 'LOOPSCOPE_PICTURE_ADDRESS'

/**
 * Those that there are here, the likeliest first: Electron where there is a display, Chromium, which needs none, Electron on a display that nobody sees.
 * What was looked for in vain is added to `tried`.
 */
export async function* hiddenBrowsers(shown: Shown, tried: string[]): AsyncGenerator<HiddenBrowser, void, undefined> {
  const { root, newAddress } = shown
  const found = workingElectron(root)
  if (!found.path) tried.push(found.tried)
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env
  const own = [...(needsNoSandbox() ? ['--no-sandbox'] : []), `--user-data-dir=${shown.profile}`, '--disable-gpu']
  const entry = join(root, 'out/main/pictureWindow.cjs')
  const electron = (command: string, display: NodeJS.ProcessEnv, close: () => void = () => undefined): HiddenBrowser => {
    return { name: 'Electron', command, args: [...own, entry], env: { ...display, [addressVariable]: newAddress() }, close }
  }
  if (found.path && hasDisplay()) yield electron(found.path, env)
  const chromium = findChromium()
  if (chromium) {
    const args = [...own, '--headless=new', '--no-first-run', '--disable-extensions', newAddress()]
    yield { name: 'Chromium', command: chromium, args, env, close: () => undefined }
  } else tried.push('chromium on the PATH')
  if (!found.path || hasDisplay()) return
  const display = await openDisplay(env)
  if (display) yield electron(found.path, display.env, display.close)
  else tried.push(`${found.tried}, which needs a display`)
}
