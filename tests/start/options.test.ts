import { describe, expect, test } from 'vitest'
import { readStartOptions } from '../../electron/start/options.mjs'

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

  test.each([
    [['--nope']],
    [['join']],
    [['--scenario']],
    [['--speed', '2']],
    [['--scenario', 'join', '--speed', 'fast']],
    [['--scenario', 'join', '--speed', '101']],
    [['--scenario', 'join', '--set', 'threads']],
    [['--port', '65536']],
    [['--port', '-1']],
    [['--port', '']],
  ])('%j is refused in one line', (argv) => {
    const { problem } = readStartOptions(argv)
    expect(problem).toMatch(/^[^\n]{10,}\.$/)
  })
})
