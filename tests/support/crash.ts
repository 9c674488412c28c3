/** Ends the process of the desktop app's page from outside, and asks what its window shows then. */
import type { CDPSession, ElectronApplication } from 'playwright/test'
import { expect } from 'playwright/test'
import type { OpenedApp } from './launch'

const pidOf = (electron: ElectronApplication) =>
  electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.webContents.getOSProcessId())

/** Playwright's page is none that it could use any more, and holds the process that comes next until the returned line lets it go. */
export async function crash({ page, electron }: OpenedApp): Promise<CDPSession> {
  const line = await page.context().newCDPSession(page)
  const crashed = page.waitForEvent('crash')
  process.kill(await pidOf(electron!), 'SIGKILL')
  await crashed
  return line
}

/** Resolves when the page is loaded by a new process. */
export async function untilBack({ electron }: OpenedApp, line: CDPSession): Promise<void> {
  await expect.poll(() => pidOf(electron!)).toBeGreaterThan(0)
  await line.send('Runtime.runIfWaitingForDebugger')
}

/** What the function returns in the page. */
export const inWindow = <T>({ electron }: OpenedApp, what: () => T): Promise<T> =>
  electron!.evaluate(
    ({ BrowserWindow }, code) => BrowserWindow.getAllWindows()[0]!.webContents.executeJavaScript(code),
    `(${what})()`,
  )
