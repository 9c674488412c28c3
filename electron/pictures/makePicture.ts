/** A run → a picture, drawn by the built page in a browser that nobody sees. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PictureRefusal, PictureTask } from '#protocol/pictureTask'
import { failure, type Result } from '#protocol/result'
import { pageFolder } from '../places'
import { ownGroup, signalGroup } from '../processGroup'
import { type HiddenBrowser, hiddenBrowsers } from './browsers'
import { startPictureServer } from './pictureServer'

/** A million spans take ten seconds, on a busy machine thirty; the largest document has twice as many. */
const timeLimitMillis = 600_000
/** Until the page asks for what to draw: a browser that has hung, or cannot load it, says nothing. */
const firstWordMillis = 60_000

const root = join(pageFolder, '../..')

type Made = Result<Buffer, PictureRefusal>

export async function makePicture(task: PictureTask): Promise<Made> {
  const { picture, asked, newAddress, close } = await startPictureServer(task, pageFolder)
  const profile = mkdtempSync(join(tmpdir(), 'loopscope-picture-'))
  const clean = () => remove(profile)
  // A signal ends us at once (`drawnBy`), past all that follows.
  process.once('exit', clean)
  const tried: string[] = []
  try {
    for await (const browser of hiddenBrowsers({ root, profile, newAddress }, tried)) {
      const made = await drawnBy(browser, picture, asked)
      if (typeof made !== 'string') return made
      tried.push(made)
    }
    return failure({ kind: 'fault', text: noPicture(tried) })
  } finally {
    close()
    process.off('exit', clean)
    clean()
  }
}

/** Of a browser that was ended just now. What it wrote after its folder was listed is found by the next attempt. */
function remove(folder: string, attempts = 5): void {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 2 })
  } catch (error) {
    if (attempts > 1) remove(folder, attempts - 1)
    // The picture is made all the same.
    else process.stderr.write(`${folder} could not be removed: ${error instanceof Error ? error.message : error}\n`)
  }
}

const noPicture = (tried: readonly string[]) =>
  `A picture is drawn by Electron or Chromium, and there is none that could (${tried.join('; ')}): “npm start -- --install” gets Electron, and CHROMIUM names a Chromium.`

/** In a sentence's part, why there is none where the browser itself failed. */
async function drawnBy(
  { name, command, args, env, close }: HiddenBrowser,
  picture: Promise<Made>,
  asked: Promise<void>,
): Promise<Made | string> {
  const child = spawn(command, args, { ...ownGroup, env, stdio: 'ignore' })
  // Whoever ends us ends it: nobody would see that it is still there.
  const stop = () => {
    signalGroup(child, 'SIGKILL')
    process.exit(130)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, stop)
  let timer: NodeJS.Timeout | undefined
  let over = false
  const failed = new Promise<string>((resolve) => {
    child.once('error', ({ message }) => resolve(`${name} could not be started: ${message}`))
    child.once('exit', (code, signal) => resolve(`${name} ended with ${code ?? signal} before it had drawn`))
    const giveUpAfter = (millis: number) => {
      if (over) return
      clearTimeout(timer)
      timer = setTimeout(() => resolve(`${name} had drawn nothing after ${millis / 1000} s`), millis)
    }
    giveUpAfter(firstWordMillis)
    void asked.then(() => giveUpAfter(timeLimitMillis))
  })
  try {
    return await Promise.race([picture, failed])
  } finally {
    over = true
    clearTimeout(timer)
    await end(child)
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.off(signal, stop)
    close()
  }
}

/** Politely, after three seconds not; and what it started, which outlives it by a moment and writes to its folder. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null && child.pid !== undefined) {
    await new Promise<void>((resolve) => {
      const force = setTimeout(() => child.kill('SIGKILL'), 3000)
      child.once('exit', () => {
        clearTimeout(force)
        resolve()
      })
      child.kill('SIGTERM')
    })
  }
  signalGroup(child, 'SIGKILL')
}
