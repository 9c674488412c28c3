/** What is typed to start a host: refused in one sentence with code 2, or opened; and no password of it anywhere. */
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { electronOf, expect, type HostName, runButton, test } from '../support/app'
import { closedPort } from '../support/closedPort'
import { desktopCommand, ends } from '../support/hostProcess'
import { holdsPassword, typedPassword } from '../support/password'

/** Every way to start this host, with the words that come before what it says. */
function commands(hostName: HostName): string[][] {
  const start = [process.execPath, 'electron/start/start.mjs']
  if (hostName === 'browser')
    return [
      [process.execPath, 'out/main/browser.cjs', '--no-open'],
      [process.execPath, 'out/main/cli.cjs', 'serve', '--no-open'],
      [...start, '--no-open'],
    ]
  const executable = electronOf(hostName)
  test.skip(!executable, 'no Electron runtime: set ELECTRON_OVERRIDE_DIST_PATH')
  return [desktopCommand(executable!), start]
}

const ids = 'threads, daemon-threads, '
const refusals: readonly (readonly [readonly string[], string])[] = [
  [['--scenario', 'nothing'], `--scenario: “nothing” is none of ${ids}`],
  [['--scenario', 'join', '--speed', '0'], '--speed'],
  [['--scenario', 'join', '--speed', 'NaN'], '--speed'],
  [['--scenario', 'join', '--speed', '101'], '--speed'],
  [['--scenario', 'join', '--speed'], '--speed'],
  [['--speed', '2'], '--set and --speed need --scenario.'],
  [['--scenario', 'join', '--set', 'threads=65'], 'threads: “65” is not a whole number from 1 to 64.'],
  [['--scenario', 'join', '--set', 'thread=5'], '--set thread: join takes name=value with one of threads, sleeps.'],
  [['--scenario', 'join', '--set', 'threads'], '--set'],
]

for (const [args, sentence] of refusals) {
  test(`${args.join(' ')} is refused with code 2 and one sentence`, async ({ hostName }) => {
    // Every way to start is seen with the first; all are one way on.
    for (const command of commands(hostName).slice(0, args === refusals[0]![0] ? undefined : 1)) {
      const { code, err, said } = await ends(command, args)
      const where = `${command.slice(-2).join(' ')}: ${err}`
      // `npm start` says first what it does, and which runtime it opens.
      const problems = said.filter((line) => !/…$|Ctrl\+C ends it\.$/.test(line))
      expect(problems, where).toHaveLength(1)
      expect(problems[0]!.replace(/^loopscope: /i, ''), where).toMatch(
        new RegExp(`^${sentence.replace(/[.*+?()|[\]]/g, '\\$&')}`),
      )
      expect(problems[0], where).toMatch(/\.$/)
      expect(err, where).not.toMatch(/^\s+at /m)
      expect(code, where).toBe(2)
    }
  })
}

test('a port in use is said', async ({ hostName }) => {
  test.skip(hostName !== 'browser', 'the desktop app has no port')
  const taken = createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  const { port } = taken.address() as AddressInfo
  for (const command of commands(hostName)) {
    const { code, out, said } = await ends(command, ['--port', String(port)])
    expect(said.map((line) => line.replace(/^loopscope: /i, ''))).toEqual([
      `Port ${port} cannot be used: it is in use; --port takes another one, 0 any free one.`,
    ])
    expect([code, out]).toEqual([2, ''])
  }
  taken.close()
})

test('a password in a wrong address, or in the wrong place, is not said again', async ({ hostName }) => {
  const address = `redis://me:${typedPassword}@127.0.0.1:1`
  const queue = ['--scenario', 'redis-queue']
  const wrong = [
    ['--scenario', address],
    [...queue, '--set', address],
    [...queue, '--set', `uri=${address}`],
    [...queue, '--set', `url=http://:${typedPassword}@127.0.0.1`],
    [...queue, '--set', `url=me:${typedPassword}@127.0.0.1:6379`],
    [...queue, '--set', `url=redis://:${typedPassword} @127.0.0.1`],
    [...queue, '--set', `url=redis:/:${typedPassword}@127.0.0.1:6379`],
    [...queue, '--set', `url=${address}`, '--speed', address],
  ]
  const [command = []] = commands(hostName)
  for (const args of wrong) {
    const { code, out, err, said } = await ends(command, args)
    expect([code, said.length], err).toEqual([2, 1])
    expect(holdsPassword(Buffer.from(out + err)) ? `${args.join(' ')}: ${out}${err}` : '').toBe('')
  }
})

test('the password of an address that is opened is in no title, console or process but the one that was given it', async ({
  open,
}) => {
  const url = `redis://me:${typedPassword}@127.0.0.1:${await closedPort()}`
  const { page, electron, pid, said, quit } = await open(['--scenario', 'redis-queue', '--set', `url=${url}`, '--speed', '10'])
  const heard: string[] = []
  page.on('console', (message) => heard.push(message.text()))
  await runButton(page).click()
  await expect(page.getByText('does not answer').first()).toBeVisible()
  heard.push(await page.title(), await page.content(), page.url())
  heard.push(await page.evaluate(() => JSON.stringify([localStorage, sessionStorage, history.state, window.name])))
  const titles = await electron?.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((window) => window.getTitle()))
  const below =
    process.platform === 'linux' ? descendants(pid).map((child) => readFileSync(`/proc/${child}/cmdline`, 'utf8')) : []
  if (electron) expect(below.length).toBeGreaterThan(1)
  heard.push(...(titles ?? []), ...below)
  await quit()
  heard.push(said())
  expect(heard.filter((words) => holdsPassword(Buffer.from(words)))).toEqual([])
})

/** Processes that this one started, and so on. */
function descendants(pid: number): number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => [Number(name), Number(/^\d+ \(.*\) \S (\d+)/.exec(statOf(name))?.[1])] as const)
  const below = (parent: number): number[] => parents.flatMap(([child, of]) => (of === parent ? [child, ...below(child)] : []))
  return below(pid)
}

/** '' where it has ended meanwhile. */
function statOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'latin1')
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return ''
    throw error
  }
}
