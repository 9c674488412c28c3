import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { RunDocument } from '#protocol/document'
import { toDocument } from '../../electron/engine/document'
import type { Run } from '../../electron/engine/run'
import { forkProcess } from '../../electron/forkProcess'
import { childrenOf, isAlive } from '../support/processes'
import { type Bench, bench, lines, statesOf } from '../support/runs'
import { pause, until } from '../support/until'

vi.mock('../../electron/scenarios/index', () => import('../support/programmes/index'))

let engine: Bench
beforeAll(() => {
  engine = bench('test-workers')
})
afterAll(() => engine.close())
const run = (what: string) => engine.run('pools', { what })
const processes = () => childrenOf(process.pid, 'loopscope process-')
const chunks = ({ tasks }: RunDocument) => tasks.filter(({ name }) => name.startsWith('chunk'))

const untilSeen = (started: Run, holds: (document: RunDocument) => boolean, what: string) =>
  until(() => {
    started.drain()
    return holds(toDocument(started))
  }, what)

describe('a pool of processes', () => {
  it('returns the values in the order of the items, cut as CPython cuts', async () => {
    const document = await run('values')
    expect(lines(document)).toEqual([JSON.stringify(Array.from({ length: 19 }, (_, i) => (i + 1) ** 2))])
    expect(chunks(document).map(({ name }) => name)).toEqual([
      'chunk-1 (1–3)',
      'chunk-2 (4–6)',
      'chunk-3 (7–9)',
      'chunk-4 (10–12)',
      'chunk-5 (13–15)',
      'chunk-6 (16–18)',
      'chunk-7 (19)',
    ])
    expect(new Set(chunks(document).map((task) => task.lane))).toEqual(new Set(['process-1', 'process-2']))
    expect(statesOf(document, 'main')).toContain('waiting')
  })

  it('maps again, and nothing', async () => {
    expect(lines(await run('twice'))).toEqual(['[4,9]', '[]', '[16]'])
  })

  it('throws the first error when all is done, and what cannot cross fails in words', async () => {
    const document = await run('failing')
    expect(lines(document)[0]).toMatch(/^RangeError: [67] is right out$/)
    expect(lines(document)[1]).toContain('could not be cloned')
    expect(lines(document)[2]).toContain('only functions that a scenario exports can')
    expect(lines(document)[3]).toBe('[25]')
    const ends = chunks(document).map((task) => task.end)
    expect(ends.filter((end) => end === 'failed')).toHaveLength(6)
  })

  it('runs in processes of their own, which end with the run', async () => {
    const started = engine.start('pools', { what: 'pids' })
    await untilSeen(started, ({ output }) => output.length === 1, 'the ids')
    const pids = new Set<number>(JSON.parse(lines(toDocument(started))[0]!))
    expect(pids.size).toBe(2)
    expect(pids.has(process.pid)).toBe(false)
    expect([...pids].every(isAlive)).toBe(true)
    await started.stop()
    await until(() => ![...pids].some(isAlive), 'the processes to end', 1000)
  })

  it('takes their marks on the clock of all threads', async () => {
    const document = await run('slow')
    for (const task of document.tasks.filter(({ lane }) => lane.startsWith('process'))) {
      expect(task.startSeconds!).toBeGreaterThanOrEqual(task.readySeconds!)
      expect(task.finishSeconds! - task.startSeconds!).toBeGreaterThanOrEqual(0.3)
      expect(task.finishSeconds!).toBeLessThanOrEqual(document.mainEndSeconds!)
    }
    expect(document.clockErrorSeconds).toBeGreaterThan(0)
  })

  it('fails the run in one sentence where a process cannot be started, and can be stopped while they load', async () => {
    const dying = bench('test-workers', () => forkProcess('tests/support/exits.cjs'))
    const failed = dying.start('pools', { what: 'values' })
    await failed.over
    expect([failed.phase, failed.info().error]).toEqual([
      'failed',
      'pools ended with an error: one of its processes ended while it was being started',
    ])
    await dying.close()

    const stopped = engine.start('pools', { what: 'values' })
    await stopped.programme.warm
    await pause(50)
    const asked = performance.now()
    await stopped.stop()
    expect(performance.now() - asked).toBeLessThan(1000)
    expect(stopped.phase).toBe('stopped')
    await until(() => processes().length === 0, 'the processes to end', 1000)
  })

  it('replaces one that is killed from outside, draws its chunk killed, and gives the chunk to another', async () => {
    const started = engine.start('pools', { what: 'slow' })
    await untilSeen(started, ({ spans }) => spans.some(({ state }) => state === 'sleeping'), 'a process at work')
    const [victim] = processes()
    process.kill(victim!, 'SIGKILL')
    await started.over
    const document = toDocument(started)
    expect(started.phase).toBe('finished')
    const killed = document.tasks.filter(({ end }) => end === 'killed')
    expect(killed).toHaveLength(1)
    const again = document.tasks.filter(({ name, end }) => name === killed[0]!.name && end === 'finished')
    expect(again).toHaveLength(1)
    expect(lines(document)[0]).toBe(
      `${killed[0]!.lane} was killed; ${killed[0]!.name} is given to another process. Python’s Pool.map would wait for ever.`,
    )
    expect(lines(document)[1]).toBe('[1,2,3,4,5,6,7,8]')
    expect(document.spans.map(({ lane }) => lane)).toContain('process-3')
    expect(processes()).toEqual([])
  })
})
