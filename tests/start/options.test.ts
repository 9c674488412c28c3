import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { describe, expect, test } from 'vitest'
import { readStartOptions } from '../../electron/start/options.mjs'
import { optionTakes } from '../../electron/usage'

describe('options of npm start', () => {
  test('none', () => {
    expect(readStartOptions([])).toEqual({ browser: false, install: false, opening: [], address: [] })
  })

  test('what is to be opened goes to the host, whichever it is', () => {
    const argv = ['--scenario', 'join', '--set', 'threads=2', '--set', 'sleeps=1,1', '--speed', '10']
    const opening = ['--scenario=join', '--set=threads=2', '--set=sleeps=1,1', '--speed=10']
    expect(readStartOptions(argv)).toMatchObject({ opening, browser: false })
  })

  test('a port or no browser window means the browser version', () => {
    expect(readStartOptions(['--port', '8080'])).toMatchObject({ browser: true, address: ['--port=8080'] })
    expect(readStartOptions(['--no-open'])).toMatchObject({ browser: true, address: ['--no-open'] })
  })

  const known = 'Known: --scenario, --set, --speed, --browser, --install, --port, --no-open.'
  test.each([
    [['--nope'], `There is no option “nope”. ${known}`],
    [['join'], `Only options are taken, and no other words. ${known}`],
    [['--browser=yes'], `--browser takes no value. ${known}`],
    [['--scenario'], `--scenario takes the id of a programme. ${known}`],
    [['--speed', '2'], '--set and --speed need --scenario.'],
    [['--scenario', 'join', '--speed', 'fast'], `--speed takes ${optionTakes.speed}.`],
    [['--scenario', 'join', '--speed', '0'], `--speed takes ${optionTakes.speed}.`],
    [['--scenario', 'join', '--speed', 'NaN'], `--speed takes ${optionTakes.speed}.`],
    [['--scenario', 'join', '--speed', '101'], `--speed takes ${optionTakes.speed}.`],
    [['--scenario', 'join', '--set', 'threads'], `--set takes ${optionTakes.set}.`],
    [['--port', '65536'], `--port takes ${optionTakes.port}.`],
    [['--port', '-1'], `--port takes ${optionTakes.port}. ${known}`],
    [['--port', ''], `--port takes ${optionTakes.port}.`],
  ])('%j is refused in one line', (argv, sentence) => {
    expect(readStartOptions(argv)).toEqual({ problem: sentence })
  })
})

test('an address with a password that strayed is not shown again, wherever it stands', async () => {
  const address = 'redis://me:Geheimnis@localhost'
  const strays = [
    [address],
    [`--${address}`],
    [`--url=${address}`],
    [`-${address}`],
    ['--', address],
    [`--browser=${address}`],
    ['--speed', address],
    ['--scenario', 'join', '--speed', address],
    ['--scenario', 'redis-queue', '--set', address],
    ['--port', address],
    ['--set', `-${address}`],
  ]
  for (const argv of strays) {
    const { problem } = readStartOptions(argv)
    expect(problem).toMatch(/^[^\n]{10,}\.$/)
    expect(problem).not.toMatch(/geheimnis/i)
    const ended = await start(argv)
    expect(ended).toEqual({ code: 2, out: '', err: `Loopscope: ${problem}\n` })
  }
})

/** As npm runs it. It ends before it sets up anything. */
async function start(argv: readonly string[]) {
  const child = spawn(process.execPath, ['electron/start/start.mjs', ...argv], { stdio: ['ignore', 'pipe', 'pipe'] })
  const [out, err] = [text(child.stdout), text(child.stderr)]
  const [code] = await once(child, 'close')
  return { code, out: await out, err: await err }
}
