/** Group F: what its rows say must be seen. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RunDocument } from '#protocol/document'
import { toDocument } from '../../electron/engine/document'
import { findScenario } from '../../electron/scenarios/index'
import { exactRun } from '../support/exact'
import { childrenOf } from '../support/processes'
import { type Bench, begun, bench, lines, statesOf, taskNamed } from '../support/runs'

let engine: Bench
beforeAll(() => {
  engine = bench()
})
afterAll(() => engine.close())

const onLane = ({ tasks }: RunDocument, lane: string) => tasks.filter((task) => task.lane === lane)
const names = (count: number, prefix: string) => Array.from({ length: count }, (_, i) => `${prefix}${i + 1}`)
/** Each begins when the one before has ended. */
function expectStaircase(tasks: readonly { startSeconds: number | null; finishSeconds: number | null }[]): void {
  for (let i = 1; i < tasks.length; i++) expect(tasks[i]!.startSeconds!).toBeGreaterThanOrEqual(tasks[i - 1]!.finishSeconds!)
}

describe('waiting for HTTP', { timeout: 60_000 }, () => {
  it.each(['http-blocking', 'http-await-blocking'])('%s: a staircase of requests that hold the loop', async (id) => {
    const document = await exactRun(engine, id, {}, 10, 5)
    expect(document.idealSeconds).toBe(15)
    const requests = onLane(document, 'loop')
    expect(requests.map(({ name }) => name)).toEqual(names(5, 'request-'))
    expectStaircase(requests)
    for (const { name, readySeconds } of requests) {
      expect(readySeconds).toBeLessThan(1)
      expect(statesOf(document, name)).toEqual(['ready', 'running', 'sleeping', 'running'])
    }
    expectStaircase(onLane(document, 'server'))
    expect(lines(document)).toEqual(names(5, 'request-').map((name, i) => `${name}: page ${i + 1}`))
  })

  it.each([
    [5, 10],
    // In real time: at 10× a hundred sockets would have 6 ms in all, which is what they take on two cores.
    [100, 1],
  ])('http-async: %d requests overlap', async (requests, speed) => {
    const document = await exactRun(engine, 'http-async', { requests }, speed, 1)
    expect(document.idealSeconds).toBe(3)
    for (const lane of ['loop', 'server']) {
      const tasks = onLane(document, lane)
      expect(tasks).toHaveLength(requests)
      expect(tasks.every(({ end }) => end === 'finished')).toBe(true)
      expect(Math.max(...tasks.map((task) => task.startSeconds!))).toBeLessThan(
        Math.min(...tasks.map((task) => task.finishSeconds!)),
      )
    }
    expect(statesOf(document, 'request-1')).toEqual(['ready', 'running', 'suspended', 'ready', 'running'])
  })

  it('http-single: the sum, without tasks of the client', async () => {
    // What is demanded holds at speed 10: at 100 each request took 1.15 ms of 30 where a core has to be woken, and a fiftieth is 0.6.
    const document = await exactRun(engine, 'http-single', { requests: 10 }, 20, 10)
    expect(document.idealSeconds).toBe(30)
    expect(document.tasks.map(({ name }) => name)).toEqual(['main', ...names(10, 'GET /')])
    expectStaircase(onLane(document, 'server'))
    expect(document.spans.filter(({ task, state }) => task === 'main' && state === 'sleeping')).toHaveLength(10)
  })

  it('http-processes: a lane for each process, chunks as CPython cuts them, a ragged last round', async () => {
    const document = await exactRun(engine, 'http-processes', { requests: 22, processes: 2, delay: 2 }, 10, 12)
    // 8 chunks of 3 but the last, of 1; four rounds of two.
    expect(document.idealSeconds).toBe(24)
    const chunks = ['process-1', 'process-2'].flatMap((lane) => {
      const own = onLane(document, lane)
      expect(own).toHaveLength(4)
      expectStaircase(own)
      return own
    })
    expect(chunks.map(({ name }) => name).sort()).toEqual([
      'chunk-1 (1–3)',
      'chunk-2 (4–6)',
      'chunk-3 (7–9)',
      'chunk-4 (10–12)',
      'chunk-5 (13–15)',
      'chunk-6 (16–18)',
      'chunk-7 (19–21)',
      'chunk-8 (22)',
    ])
    expect(statesOf(document, 'chunk-1 (1–3)').filter((state) => state === 'sleeping')).toHaveLength(3)
    expect(taskNamed(document, 'chunk-8 (22)').finishSeconds! - taskNamed(document, 'chunk-8 (22)').startSeconds!).toBeLessThan(4)
    expect(onLane(document, 'server')).toHaveLength(22)
    expect(lines(document)).toEqual(['22 pages, the last is page 22'])
  })

  it('http-processes: one that is killed is replaced, and the other takes part in the work', async () => {
    const started = engine.start('http-processes', { requests: 40, processes: 2, delay: 2 }, 10)
    await begun(started)
    const [victim] = childrenOf(process.pid, 'loopscope process-1')
    process.kill(victim!, 'SIGKILL')
    await started.over
    const document = toDocument(started)
    expect(lines(document)).toEqual([
      expect.stringMatching(/^process-1 was killed; chunk-1 \(1–5\) is given/),
      '40 pages, the last is page 40',
    ])
    expect(onLane(document, 'process-1').map(({ end }) => end)).toEqual(['killed'])
    expect(onLane(document, 'process-3').length).toBeGreaterThan(0)
    // Its own request is cancelled with it, or was not sent yet; the new process's rehearsal is not charted.
    const served = onLane(document, 'server').filter(({ end }) => end === 'finished')
    expect([...served.map(({ name }) => name)].sort()).toEqual([...names(40, 'GET /')].sort())
  })

  it('http-one-at-a-time: all are sent at once, and wait ready on the server’s side', async () => {
    const document = await exactRun(engine, 'http-one-at-a-time', {}, 10, 5)
    expect(document.idealSeconds).toBe(15)
    for (const { name } of onLane(document, 'loop')) expect(statesOf(document, name)).toContain('suspended')
    const served = [...onLane(document, 'server')].sort((a, b) => a.startSeconds! - b.startSeconds!)
    expect(served).toHaveLength(5)
    expectStaircase(served)
    for (const { name, readySeconds } of served) {
      expect(readySeconds).toBeLessThan(1)
      expect(statesOf(document, name)).toEqual(['ready', 'running', 'suspended', 'running'])
    }
  })

  it('takes the largest that it allows: a thousand requests, all under way together', async () => {
    const document = await engine.run('http-async', { requests: 1000, delay: 20 }, 10)
    expect(onLane(document, 'server').filter(({ end }) => end === 'finished')).toHaveLength(1000)
    expect(document.droppedMarks).toBe(0)
    const served = onLane(document, 'server')
    expect(Math.max(...served.map((task) => task.startSeconds!))).toBeLessThan(
      Math.min(...served.map((task) => task.finishSeconds!)),
    )
  })
})

describe('the formula of http-processes', () => {
  const { ideal, formula } = findScenario('http-processes')!
  it.each([
    [100, 8, 3, 48, '4 × 4 × 3'],
    [22, 2, 2, 24, '4 × 3 × 2'],
    [5, 1, 3, 15, '(2 × 2 + 1) × 3'],
    [3, 8, 3, 3, '1 × 1 × 3'],
    [1, 1, 0.5, 0.5, '1 × 1 × 0.5'],
  ])('%d requests, %d processes, delay %d: %d s = %s', (requests, processes, delay, seconds, text) => {
    const parameters = { requests, processes, delay } as never
    expect([ideal(parameters), formula(parameters)]).toEqual([seconds, text])
  })
})
