/**
 * Electron as a person starts it: without the debugger of its main process by which Playwright drives it. With that one Electron 22 crashes in about one of
 * fifty quits, when all else has ended. Its page is reached by Chromium's own protocol, for Playwright does not connect to an Electron that way.
 */
import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { type RawData, WebSocket } from 'ws'
import { endOf, heardFrom, printedLine } from './launch'
import { until } from './until'

export interface BareElectron {
  readonly pid: number
  /** The exit code, or the signal of which it died. */
  readonly ended: Promise<number | NodeJS.Signals | null>
  /** Runs it in the page, as by a person's act. */
  evaluate(expression: string): Promise<unknown>
  closeWindow(): Promise<void>
}

export async function launchBareElectron(executable: string, args: readonly string[]): Promise<BareElectron> {
  const profile = mkdtempSync(join(tmpdir(), 'loopscope-profile-'))
  const flags = ['--remote-debugging-port=0', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])]
  const child = spawn(executable, [...flags, '.', '--disable-gpu', `--user-data-dir=${profile}`, ...args], {
    stdio: ['ignore', 'inherit', 'pipe'],
  })
  heardFrom(child)
  const ended = endOf(child)
  // Its helpers write into it until they have gone, a moment after it.
  const remove = () => rmSync(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 })
  void ended.then(remove, remove)
  try {
    const { evaluate, closeWindow } = await reach(child)
    return { pid: child.pid!, ended, evaluate, closeWindow }
  } catch (error) {
    child.kill('SIGKILL')
    throw error
  }
}

async function reach(child: ChildProcessByStdio<null, null, Readable>): Promise<Pick<BareElectron, 'evaluate' | 'closeWindow'>> {
  const port = await printedLine(child, child.stderr, /^DevTools listening on ws:\/\/127\.0\.0\.1:(\d+)\//)
  let page: string | undefined
  await until(async () => {
    page = await pageOf(port)
    return page !== undefined
  }, 'the page of the app')
  const socket = new WebSocket(page!)
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
  let last = 0
  const send = (method: string, params: object) => {
    const id = ++last
    const answered = new Promise<unknown>((resolve, reject) => {
      const hear = (data: RawData) => {
        const { id: of, error, result } = JSON.parse(String(data))
        if (of !== id) return
        socket.off('message', hear)
        const wrong = error ?? result.exceptionDetails
        if (wrong) reject(new Error(`${method}: ${JSON.stringify(wrong)}`))
        else resolve(result.result?.value)
      }
      socket.on('message', hear)
      // A page that is closed answers nothing more.
      socket.once('close', () => resolve(undefined))
    })
    socket.send(JSON.stringify({ id, method, params }))
    return answered
  }
  const evaluate = (expression: string) => send('Runtime.evaluate', { expression, userGesture: true, returnByValue: true })
  // Until its first document is there, nothing can be evaluated.
  const isLoaded = async () => (await evaluate('document.readyState').catch(() => null)) === 'complete'
  await until(isLoaded, 'the page to be loaded')
  return {
    evaluate,
    async closeWindow() {
      await send('Page.close', {})
    },
  }
}

/** The address of its line for tools. */
async function pageOf(port: string): Promise<string | undefined> {
  const answer = await fetch(`http://127.0.0.1:${port}/json/list`)
  const targets = (await answer.json()) as { type: string; url: string; webSocketDebuggerUrl: string }[]
  return targets.find(({ type, url }) => type === 'page' && url.startsWith('loopscope:'))?.webSocketDebuggerUrl
}
