/** A file that is saved from the page, on either host. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'playwright/test'
import type { OpenedApp } from './launch'
import { until } from './until'

/** Name and content of the file that `act` saves. In Electron the dialog is answered as a person would. */
export async function saved(
  { page, electron }: OpenedApp,
  act: () => Promise<void>,
): Promise<{ name: string; bytes: Buffer; text: string }> {
  if (electron === null) {
    const [download] = await Promise.all([page.waitForEvent('download'), act()])
    return fileOf(download.suggestedFilename(), await download.path())
  }
  const folder = mkdtempSync(join(tmpdir(), 'loopscope-saved-'))
  await electron.evaluate(({ session }, to) => {
    session.defaultSession.once('will-download', (_event, download) => {
      download.setSavePath(`${to}/${download.getFilename()}`)
      download.once('done', (_done, state) => Object.assign(globalThis, { saved: [download.getFilename(), state] }))
    })
  }, folder)
  await act()
  const ended = () => electron.evaluate(() => (globalThis as { saved?: [name: string, state: string] }).saved)
  await until(async () => (await ended()) !== undefined, 'the download')
  const [name, state] = (await ended())!
  await electron.evaluate(() => Object.assign(globalThis, { saved: undefined }))
  expect(state).toBe('completed')
  const file = fileOf(name, join(folder, name))
  rmSync(folder, { recursive: true })
  return file
}

function fileOf(name: string, path: string) {
  const bytes = readFileSync(path)
  return { name, bytes, text: bytes.toString('utf8') }
}
