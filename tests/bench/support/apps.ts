/** The built app on each host, where its runtime is on this machine. */
import { findChromium } from '../../../electron/start/commands.mjs'
import { openDisplay } from '../../../electron/start/display.mjs'
import { workingElectron } from '../../../electron/start/electron.mjs'
import { launchBrowser, launchElectron, type OpenedApp } from '../../support/launch'
import { atExit } from './children'

export type HostKind = 'electron' | 'browser'

/** How to open the app; or why that cannot be done here. */
export type Opener = { readonly open: (args: readonly string[]) => Promise<OpenedApp> } | { readonly missing: string }

export async function openerOf(kind: HostKind): Promise<Opener> {
  if (kind === 'browser') {
    const chromium = findChromium()
    if (!chromium) return { missing: 'no Chromium: install it (Debian: chromium) or set CHROMIUM' }
    return { open: (args) => launchBrowser(chromium, args).then(endedWithUs) }
  }
  const electron = await findDesktop()
  if ('missing' in electron) return electron
  return { open: (args) => launchElectron(electron.path, args, { env: electron.env }).then(endedWithUs) }
}

export interface Desktop {
  readonly path: string
  /** With a display in it. */
  readonly env: NodeJS.ProcessEnv
}

let desktop: Promise<Desktop | { readonly missing: string }> | undefined
/** An Electron and a screen for its windows: one for all benchmarks, which ends with them. */
export const findDesktop = () => {
  desktop ??= look()
  return desktop
}

async function look(): Promise<Desktop | { readonly missing: string }> {
  const { path, tried } = workingElectron(process.cwd())
  if (!path) return { missing: `no Electron runtime: set ELECTRON_OVERRIDE_DIST_PATH (${tried})` }
  const display = await openDisplay()
  if (!display) return { missing: 'no display and no Xvfb to make one (Debian: xvfb)' }
  atExit(() => display.close())
  return { path, env: display.env }
}

function endedWithUs(app: OpenedApp): OpenedApp {
  const forget = atExit(() => process.kill(app.pid, 'SIGKILL'))
  return {
    ...app,
    async quit() {
      forget()
      return app.quit()
    },
  }
}
