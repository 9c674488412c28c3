import { spawn } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import type { RunDocument } from '#protocol/document'
import { cliFile } from './support/buildCli'

interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Runs it as a script would: no terminal anywhere. `act` gets the process once it lives. */
function cli(args: readonly string[], act: (child: ReturnType<typeof spawn>) => void = () => undefined): Promise<Ended> {
  const child = spawn(process.execPath, [cliFile, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  let out = ''
  let err = ''
  child.stdout.on('data', (data: Buffer) => {
    out += data
  })
  child.stderr.on('data', (data: Buffer) => {
    err += data
  })
  act(child)
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, out, err })))
}
const documentOf = ({ out }: Ended): RunDocument => JSON.parse(out)

describe('the command line', () => {
  it.each([
    [[], 'Say what to do: list, run, synthetic, export, worker or serve; --help shows how.'],
    [['walk'], 'There is no command “walk”; there are list, run, synthetic, export, worker and serve.'],
    [['run'], 'run: say which scenario; “list” shows them.'],
    [['run', 'join', 'twice'], '“twice” is one word too many; --help shows what is taken.'],
    [['run', 'nothing'], expect.stringMatching(/^There is no scenario “nothing”; there are threads, [^\n]+\.$/)],
    [['run', 'join', '--fast'], 'There is no option “fast” here, only --set, --speed, --for, --json.'],
    [['list', 'all'], '“all” is one word too many; --help shows what is taken.'],
    [['run', 'join', '--json=yes'], '--json takes no value.'],
    [['run', 'join', '--speed', '-1'], '--speed: “-1” is not a number from 1 to 100.'],
    [['run', 'join', '--speed', '0'], '--speed: “0” is not a number from 1 to 100.'],
    [['run', 'join', '--speed', 'NaN'], '--speed: “NaN” is not a number from 1 to 100.'],
    [['run', 'join', '--speed', '101'], '--speed: “101” is not a number from 1 to 100.'],
    [['run', 'join', '--speed'], '--speed takes a number from 1 to 100; none was given.'],
    [['run', 'join', '--for', '-0.5'], '--for: “-0.5” is not a number of seconds from 0 to 86,400.'],
    [['run', 'join', '--for', 'ever'], '--for: “ever” is not a number of seconds from 0 to 86,400.'],
    [['run', 'join', '--set', 'threads=65'], 'threads: “65” is not a whole number from 1 to 64.'],
    [['run', 'join', '--set', 'threads=NaN'], 'threads: “NaN” is not a whole number from 1 to 64.'],
    [['run', 'join', '--set', 'thread=5'], '--set thread: join takes name=value with one of threads, sleeps.'],
    [['run', 'join', '--set', 'secret'], '--set: join takes name=value with one of threads, sleeps.'],
    [
      ['run', 'redis-queue'],
      'redis-queue never ends by itself: say for how many programme seconds with --for, for example --for 10.',
    ],
    [['synthetic', '--spans', '0'], 'spans: “0” is not a whole number from 1 to 5,000,000.'],
    [['synthetic', '--lanes', '10001'], 'lanes: “10001” is not a whole number from 1 to 10,000.'],
    [['synthetic', '--seed', 'x'], 'seed: “x” is not a whole number from 0 to 4,294,967,295.'],
    [['synthetic', '--seed'], '--seed takes a whole number from 0 to 4,294,967,295; none was given.'],
    [
      ['run', 'synthetic', '--set', 'live=yes'],
      'synthetic never ends by itself: say for how many programme seconds with --for, for example --for 10.',
    ],
    [['serve', '--port', '65536'], '--port: “65536” is not a whole number from 0 to 65,535.'],
    [['serve', '--port', '-1'], '--port: “-1” is not a whole number from 0 to 65,535.'],
    [['serve', 'join'], 'Only options are taken here, no other words: --scenario, --set, --speed, --port, --no-open.'],
    [['serve', '--speed', '2'], '--set and --speed need --scenario.'],
  ])('refuses %j with code 2 and one line', async (args, problem) => {
    const { code, out, err } = await cli(args)
    expect([code, out]).toEqual([2, ''])
    expect(err).toMatch(/^loopscope: [^\n]+\n$/)
    expect(err.slice('loopscope: '.length, -1)).toEqual(problem)
  })

  it('lists the programmes for people and for programs', async () => {
    const { code, out } = await cli(['list'])
    expect(code).toBe(0)
    expect(out).toMatch(/^sync-scheduling +Synchronous scheduling +durations=6,3$/m)
    const list: { id: string; title: string }[] = JSON.parse((await cli(['list', '--json'])).out)
    expect(list.map(({ id }) => id)).toContain('redis-queue')
    const lines = out.trimEnd().split('\n')
    const columns = lines.map((line, i) => [line.indexOf(`  ${list[i]!.title}  `), line.search(/ \w+=/)])
    expect(new Set(columns.map(String)).size, 'no text reaches into the next column').toBe(1)
  })

  it('prints one document and nothing else, its total the last end', async () => {
    const ended = await cli(['run', 'join', '--speed', '1.5', '--set', 'threads=2', '--set', 'sleeps=0.1,0.1,0.1', '--json'])
    expect([ended.code, ended.err]).toEqual([0, ''])
    const document = documentOf(ended)
    expect(document).toMatchObject({ scenario: 'join', speed: 1.5, idealSeconds: 0.6, parameters: { threads: 2 } })
    expect(document.totalSeconds).toBe(Math.max(...document.tasks.map((task) => task.finishSeconds!)))
    expect(document.mainEndSeconds).toBe(document.totalSeconds)
    expect(document.clockErrorSeconds).toBeGreaterThan(0)
  })

  it('takes every parameter at its bound', async () => {
    const many = Array(1000).fill('0').join()
    for (const args of [
      ['threads', '--set', 'threads=64', '--set', `sleeps=${many}`],
      ['async-scheduling', '--set', `durations=${many}`],
      ['sync-scheduling', '--set', `durations=${many}`],
    ]) {
      const document = documentOf(await cli(['run', ...args, '--json']))
      expect(document.droppedMarks).toBe(0)
      expect(new Set(document.tasks.map((task) => task.end))).toEqual(new Set(['finished']))
      expect(document.tasks.length).toBe(args[0] === 'threads' ? 65 : 1001)
    }
  })

  it.each([0, 5])('ends a run after %i programme seconds, at speed 100 too', async (seconds) => {
    const ended = await cli(['run', 'join', '--speed', '100', '--for', String(seconds), '--json'])
    expect([ended.code, ended.err]).toEqual([0, ''])
    const { markers, totalSeconds, mainEndSeconds, tasks } = documentOf(ended)
    const stop = markers.find((marker) => marker.name === 'stop')!.seconds
    expect(stop).toBeGreaterThanOrEqual(seconds)
    if (seconds > 0) expect(stop).toBeLessThan(seconds + 1)
    expect(totalSeconds).toBeGreaterThanOrEqual(stop)
    expect(mainEndSeconds).toBeNull()
    expect(tasks[0]).toMatchObject({ name: 'main', end: 'killed' })
  })

  it.each(['SIGINT', 'SIGTERM'] as const)('ends a run on %s, prints the document and exits with 0', async (signal) => {
    const ended = await cli(['run', 'join', '--json'], (child) => {
      for (const millis of [3000, 3005]) setTimeout(() => child.kill(signal), millis)
    })
    expect([ended.code, ended.err]).toEqual([0, ''])
    expect(documentOf(ended).tasks.map((task) => task.end)).toEqual(['killed', 'killed'])
  })

  it('prints a synthetic run that says what it is, the same for the same seed', async () => {
    const args = ['synthetic', '--spans', '3000', '--lanes', '4', '--seed', '9', '--json']
    const [one, other] = await Promise.all([cli(args), cli(args)])
    expect([one.code, one.err]).toEqual([0, ''])
    expect(one.out).toBe(other.out)
    const document = documentOf(one)
    expect(document).toMatchObject({ scenario: 'synthetic', synthetic: { seed: 9 } })
    expect([document.spans.length, new Set(document.spans.map(({ lane }) => lane)).size]).toEqual([3000, 4])
    expect((await cli(args.slice(0, -1))).out).toMatch(/^Synthetic: made up from seed 9, not measured\.\n3,000 spans of /)
  })

  it('exits with 1 where the queue was never reached, and gives no password away', async () => {
    const url = 'redis://user:geheim@127.0.0.1:1'
    const ended = await cli(['run', 'redis-queue', '--set', `url=${url}`, '--for', '0.5', '--json'])
    expect(ended.code).toBe(1)
    expect(ended.err).toMatch(/^[^\n]*127\.0\.0\.1:1[\s\S]*loopscope: [^\n]+\n$/)
    expect(ended.out + ended.err).not.toContain('geheim')
    expect(documentOf(ended).idealSeconds).toBeNull()
  })

  it.each([['list'], ['list', '--json'], ['run', 'threads', '--speed', '100', '--json']])(
    'ends quietly when its reader has gone: %s %s',
    async (...args) => {
      const ended = await cli(args, (child) => child.stdout!.destroy())
      expect([ended.code, ended.err]).toEqual([0, ''])
    },
  )
})
