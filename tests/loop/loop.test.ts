import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Bench, bench, lines, statesOf, taskNamed } from '../support/runs'

vi.mock('../../electron/scenarios/index', () => import('../support/programmes/index'))

let engine: Bench
beforeAll(() => {
  engine = bench('test-workers')
})
afterAll(() => engine.close())
const run = (what: string) => engine.run('loops-test', { what })
const stop = (what: string) => engine.run('loop-stop-test', { what })

describe('a loop in its own thread', () => {
  it('gives results, exceptions, timeouts and cancellation to the thread that submitted', async () => {
    const document = await run('results')
    // What the loop's own thread prints, it prints when it comes to it.
    expect(lines(document).filter((line) => line !== 'slow was cancelled')).toEqual([
      '3',
      'TypeError: not a number',
      '3 later',
      'TimeoutError: no result of slow in 0.05 s',
      'CancelledError: ',
      'TimeoutError: no result of stubborn in 0.05 s',
      'CancelledError: ',
    ])
    expect(taskNamed(document, 'failing').end).toBe('failed')
    expect(taskNamed(document, 'slow').end).toBe('cancelled')
    expect(taskNamed(document, 'stubborn').end).toBe('finished')
    expect(taskNamed(document, 'inner-2').end).toBe('failed')
  })

  it('gives each ready task one turn before any gets a second', async () => {
    expect(lines(await run('fairness'))).toEqual(['a1', 'b1', 'c1', 'a2', 'b2', 'c2', 'a3', 'b3', 'c3'])
  })

  it('takes what was submitted in its order, by whichever way it came', async () => {
    expect(lines(await run('order'))).toEqual(['8000 in order: true'])
  })

  it('fires timers by deadline and never early', async () => {
    const document = await run('timers')
    expect(lines(document)).toEqual(['a', 'b', 'c', 'd'])
    for (const [name, seconds] of [
      ['a', 0.01],
      ['b', 0.03],
      ['c', 0.06],
      ['d', 0.09],
    ] as const) {
      const task = taskNamed(document, name)
      expect(task.finishSeconds! - task.startSeconds!).toBeGreaterThanOrEqual(seconds)
    }
  })

  it('goes on after a callback has thrown; a cancelled callback does not run', async () => {
    const document = await run('callbacks')
    expect(lines(document)).toEqual(['one', 'Exception in callback badCallback(): callback broke', 'three'])
    expect(taskNamed(document, 'badCallback').end).toBe('failed')
    expect(taskNamed(document, 'cancelled').end).toBe('cancelled')
  })

  it('lets a coroutine that is cancelled at once take its first step, as asyncio does', async () => {
    const document = await run('cancelEarly')
    expect(lines(document)).toEqual(['early was cancelled'])
    expect(taskNamed(document, 'early').end).toBe('cancelled')
  })

  it('records ready, running and suspended as they happen', async () => {
    const document = await run('results')
    expect(statesOf(document, 'add')).toEqual(['ready', 'running', 'suspended', 'ready', 'running'])
  })

  it('leaves what has not ended pending when it is stopped', async () => {
    const document = await stop('pending')
    expect(taskNamed(document, 'short').end).toBe('finished')
    expect(taskNamed(document, 'long')).toMatchObject({ end: 'pending', finishSeconds: null })
  })

  it('takes its tasks along when its daemon thread is killed', async () => {
    const document = await stop('daemonLoop')
    expect(taskNamed(document, 'cut off').end).toBe('killed')
  })

  it('can be handed to other threads, each with a line of its own', async () => {
    expect(lines(await stop('handles'))).toEqual(['x 42, y 42'])
  })
})

describe('a loop outlives what its tasks do wrong', () => {
  const fault = (what: string) => engine.run('loop-faults-test', { what })

  it.each([
    ['destructures', /^TypeError: Cannot destructure property 'a'/, 'failed'],
    ['plain', /^TypeError: a coroutine is required/, 'failed'],
    ['returnsFunction', /^DataCloneError: .* could not be cloned/, 'finished'],
    ['cancelsItself', /^CancelledError: $/, 'cancelled'],
  ])('%s', async (what, told, end) => {
    const document = await fault(what)
    expect(lines(document)[0]).toMatch(told)
    expect(lines(document).slice(1)).toEqual(['still running'])
    expect(taskNamed(document, what).end).toBe(end)
  })

  it('prints what a callback throws, and runs the others', async () => {
    const document = await fault('badDoneCallback')
    expect(lines(document)).toEqual(['Exception in callback callback(): RangeError: too far', 'still running', 'still running'])
  })
})
