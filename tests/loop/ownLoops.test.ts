/** Loops that a programme runs on main's own thread, or on a thread that has work of its own. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { toDocument } from '../../electron/engine/document'
import { type Bench, bench, lines, sleepMillis, statesOf, taskNamed } from '../support/runs'

vi.mock('../../electron/scenarios/index', () => import('../support/programmes/index'))

let engine: Bench
beforeAll(() => {
  engine = bench('test-workers')
})
afterAll(() => engine.close())
const run = (what: string) => engine.run('own-loops-test', { what })

describe('a loop on main’s own thread', () => {
  it('has a lane of its own while main waits for it', async () => {
    const document = await run('untilComplete')
    expect(lines(document)).toEqual(['a,b'])
    expect(document.tasks.map(({ name, lane }) => [name, lane])).toEqual([
      ['main', 'main'],
      ['outer-1', 'loop'],
      ['a', 'loop'],
      ['b', 'loop'],
    ])
    expect(statesOf(document, 'main')).toEqual(['ready', 'running', 'waiting', 'running'])
    expect(document.markers.map(({ name }) => name)).toEqual(['loopStart', 'loopStop', 'mainEnd'])
  })

  it('draws a coroutine object as created until a task takes it over', async () => {
    const document = await run('created')
    expect(statesOf(document, 'late')).toEqual(['created', 'ready', 'running', 'suspended', 'ready', 'running'])
    const { createdSeconds, startSeconds } = taskNamed(document, 'late')
    expect(startSeconds! - createdSeconds!).toBeGreaterThanOrEqual(0.03)
  })

  it('runs again after it has stopped, and not after it was closed', async () => {
    const document = await run('twice')
    expect(document.markers.map(({ name }) => name)).toEqual([
      'loopStart',
      "callback told('told')",
      'loopStop',
      'loopStart',
      'loopStop',
      'note RuntimeError: Event loop is closed',
      'mainEnd',
    ])
    expect(taskNamed(document, 'main').end).toBe('failed')
    expect(document.tasks.map(({ name }) => name)).toEqual(['main', 'told', 'again'])
  })

  it('tells of what it leaves behind when main ends', async () => {
    const document = await run('leftPending')
    expect(lines(document)).toEqual([
      'stopped',
      'Task was destroyed but it is pending!',
      "task: <Task pending name='long' coro=<nap() running> wait_for=<Future pending>>",
      'Task exception was never retrieved',
      "future: <Task finished name='failing' coro=<failing() done> exception=RangeError('nobody asks')>",
    ])
    expect(taskNamed(document, 'long').end).toBe('pending')
  })

  it('leaves a consumer waiting whose queue was joined', async () => {
    const document = await run('queue')
    expect(lines(document).slice(0, 3)).toEqual(['got 1', 'got 2', 'got 3'])
    expect(taskNamed(document, 'consumer').end).toBe('pending')
  })

  it('takes what other threads submit', async () => {
    expect(lines(await run('fromOutside'))).toEqual(['from outside'])
  })

  it.each(['endless', 'busy'])('is stopped with the run: %s', async (what) => {
    const started = engine.start('own-loops-test', { what })
    while (started.zero === null || started.now() < 1e8) {
      started.drain()
      await sleepMillis(10)
    }
    const before = Date.now()
    await started.stop()
    expect(Date.now() - before).toBeLessThan(1000)
    const document = toDocument(started)
    expect(taskNamed(document, 'main').end).toBe('killed')
    expect(lines(document)).toEqual([])
    if (what === 'endless') expect(taskNamed(document, 'slow').end).toBe('killed')
  })
})

it('runs on a thread that has a task of its own, which waits meanwhile', async () => {
  const document = await run('thread')
  expect(lines(document)).toEqual(['on a thread'])
  expect(statesOf(document, 'own')).toEqual(['created', 'ready', 'running', 'waiting', 'running'])
  expect(document.tasks.find(({ name }) => name.startsWith('nap'))!.lane).toBe('loop')
})
