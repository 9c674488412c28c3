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

  it('fails the chunk whose thread runs out of memory or ends itself, and works on', async () => {
    const document = await run('hoarding')
    expect(lines(document)).toEqual(['out of memory: a process of a pool may use 256 MB', 'its thread ended itself', '[9]'])
    expect(chunks(document).map(({ name, end }) => [name, end])).toEqual([
      ['chunk-1 (1)', 'failed'],
      ['chunk-1 (1)', 'finished'],
      ['chunk-2 (2)', 'failed'],
      ['chunk-3 (3)', 'finished'],
      ['chunk-4 (4)', 'finished'],
      ['chunk-1 (1)', 'finished'],
    ])
    expect(document.droppedMarks).toBe(0)
  })

  it('gives a chunk up that has cost three processes', async () => {
    const document = await run('deadly')
    expect(lines(document).filter((line) => line.includes('given up'))).toHaveLength(1)
    expect(lines(document).slice(-2)).toEqual(['chunk-2 (2): 3 processes ended while they worked on it', '[9]'])
    expect(document.tasks.filter(({ end }) => end === 'killed').map(({ name }) => name)).toEqual(Array(3).fill('chunk-2 (2)'))
  })

  it('counts marks that are none as lost, and ends a process that says what none says', async () => {
    const chatty = bench('test-workers', (file) => {
      const line = forkProcess(file)
      return { ...line, onMessage: (listener) => line.onMessage((message) => listener(spoil(message))) }
    })
    let spoilt = 0
    const spoil = (message: unknown) => {
      const { type, marks = [] } = message as { type: string; marks?: object[] }
      if (type !== 'ran') return message
      if (++spoilt === 1) return { type: 'ran', marks: 'none', result: { values: [0], error: null } }
      if (spoilt === 2)
        return { ...(message as object), marks: [...marks, null, { ...marks[0], time: Number.NaN }, { ...marks[0], task: 4e9 }] }
      return message
    }
    const document = await chatty.run('pools', { what: 'values' })
    await chatty.close()
    expect(lines(document)[0]).toMatch(
      /^process-[12] said what no process of a pool says, and was ended; chunk-\d \(.*\) is given to another/,
    )
    expect(JSON.parse(lines(document)[1]!)).toHaveLength(19)
    expect(document.tasks.filter(({ end }) => end === 'killed')).toHaveLength(1)
    expect(document.droppedMarks).toBe(3)
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
