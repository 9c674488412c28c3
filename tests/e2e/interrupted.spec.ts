/** The command line told to stop in mid-run, as a terminal or a script tells it: the document is whole, and every process gone within two seconds. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import type { RunDocument } from '#protocol/document'
import { familyOf, footprintOf } from '../bench/support/processes'
import { chromiumFile, expect, runButton, test } from '../support/app'
import { closedPort } from '../support/closedPort'
import { launchBrowser } from '../support/launch'
import { mutePort } from '../support/mutePort'
import { childrenOf } from '../support/processes'
import { familyMissing, millisToGo } from '../support/quitting'

test.skip(({ hostName }) => hostName !== 'browser', 'the command line has no window')
test.skip(familyMissing !== null, familyMissing ?? '')

const limitMillis = 2000
const built = [process.execPath, 'out/main/cli.cjs']
const npm = ['npm', 'run', '-s', 'cli', '--']

/** Each command is in a group of its own, as a shell would have it; the first process gives it its number. */
const groups: number[] = []
test.afterEach(() => {
  for (const group of groups.splice(0)) {
    try {
      process.kill(-group, 'SIGKILL')
    } catch (error) {
      // All of it has gone, as it should.
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
    }
  }
})

function start([command = '', ...words]: readonly string[], args: readonly string[]) {
  const child = spawn(command, [...words, ...args], { stdio: ['ignore', 'pipe', 'pipe'], detached: true })
  groups.push(child.pid!)
  return child
}

const threadsOf = ({ pid }: ChildProcess) => footprintOf([pid!]).threads
const many = ['--set', 'threads=64', '--set', 'sleeps=60']

/** Threads are loaded one after the other, and main begins when all are there. */
async function allLoaded(child: ChildProcess): Promise<void> {
  let before = -1
  const grown = () => {
    const [last, now] = [before, threadsOf(child)]
    before = now
    return now > 64 && now === last
  }
  await expect.poll(grown, { intervals: [1000], timeout: 30_000 }).toBe(true)
}
const loads = (child: ChildProcess) => expect.poll(() => threadsOf(child), { intervals: [20] }).toBeGreaterThan(30)
const worksInProcesses = (child: ChildProcess) =>
  expect
    .poll(() => familyOf([child.pid!]).flatMap((pid) => childrenOf(pid, 'loopscope process-')).length, { timeout: 20_000 })
    .toBe(4)
const hasTried = (child: ChildProcess) => once(child.stderr!, 'data')

const toAll = (signal: NodeJS.Signals) => (child: ChildProcess) => process.kill(-child.pid!, signal)
const toIt = (signal: NodeJS.Signals) => (child: ChildProcess) => child.kill(signal)

const threads64 = ['start-all-join-all', ...many]
const processes = ['http-processes', '--set', 'processes=4', '--set', 'delay=30']
const redis = (port: number) => ['redis-queue', '--set', `url=redis://127.0.0.1:${port}`, '--for', '60']

type Case = [
  what: string,
  command: readonly string[],
  run: () => Promise<readonly string[]> | readonly string[],
  /** Resolves at the moment of the signal. */
  when: (child: ChildProcess) => Promise<unknown>,
  tell: (child: ChildProcess) => unknown,
  /** Exit code; npm itself dies of the signal that it got. */
  ends: number | NodeJS.Signals,
  /** How main ended; null: it may not have begun. */
  main: string | null,
]

const cases: readonly Case[] = [
  ['64 threads, Ctrl+C', built, () => threads64, allLoaded, toAll('SIGINT'), 0, 'killed'],
  ['64 threads that load, SIGTERM', built, () => threads64, loads, toIt('SIGTERM'), 0, null],
  ['processes, SIGTERM', built, () => processes, worksInProcesses, toIt('SIGTERM'), 0, null],
  ['a Redis that refuses, Ctrl+C', built, async () => redis(await closedPort()), hasTried, toAll('SIGINT'), 0, 'killed'],
  ['a Redis that never answers, SIGTERM', built, async () => redis(await mutePort()), hasTried, toIt('SIGTERM'), 0, 'killed'],
  ['64 threads, Ctrl+C', npm, () => threads64, allLoaded, toAll('SIGINT'), 'SIGINT', 'killed'],
  ['processes, SIGTERM', npm, () => processes, worksInProcesses, toIt('SIGTERM'), 'SIGTERM', null],
]

for (const [what, command, run, when, tell, ends, main] of cases) {
  test(`${command === npm ? 'npm run cli -- run' : 'cli run'}: ${what}`, async () => {
    const args = await run()
    const child = start(command, ['run', ...args, '--json'])
    const closed = once(child, 'close')
    const heard = Promise.all([text(child.stdout!), text(child.stderr!)])
    await when(child)
    const millis = await millisToGo(child.pid!, () => tell(child))
    const [code, signal] = await closed
    const [out, err] = await heard
    expect(signal ?? code, err).toBe(ends)
    const document: RunDocument = JSON.parse(out)
    expect(document.scenario).toBe(args[0])
    if (main !== null) expect(document.tasks[0]).toMatchObject({ name: 'main', end: main })
    expect(millis).toBeLessThan(limitMillis)
  })
}

const served: readonly [what: string, command: readonly string[], run: Case[2], signal: NodeJS.Signals, ends: Case[5]][] = [
  ['64 threads, SIGTERM', built, () => threads64, 'SIGTERM', 0],
  ['a Redis that never answers, Ctrl+C', built, async () => redis(await mutePort()).slice(0, -2), 'SIGINT', 0],
  ['processes, Ctrl+C', npm, () => processes, 'SIGINT', 'SIGINT'],
  ['64 threads, SIGTERM', npm, () => threads64, 'SIGTERM', 'SIGTERM'],
]

for (const [what, command, run, signal, ends] of served) {
  test(`${command === npm ? 'npm run cli -- serve' : 'cli serve'}: ${what}`, async () => {
    const app = await launchBrowser(chromiumFile, ['--scenario', ...(await run())], { command: [...command, 'serve'] })
    groups.push(app.pid)
    try {
      await runButton(app.page).click()
      await app.page.waitForTimeout(2000)
      // Ctrl+C reaches all of a terminal's group, a polite kill the one that was named.
      const to = signal === 'SIGINT' ? -app.pid : app.pid
      expect(await millisToGo(app.pid, () => process.kill(to, signal))).toBeLessThan(limitMillis)
      expect(await app.ended).toBe(ends)
    } finally {
      await app.page.context().browser()!.close()
    }
  })
}
