/** Groups D and E: what their rows say must be seen. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RunDocument } from '#protocol/document'
import { markerCode } from '#protocol/vocabulary'
import { toDocument } from '../../electron/engine/document'
import { exactRun } from '../support/exact'
import { type Bench, bench, lines, printed, sleepMillis, statesOf, taskNamed } from '../support/runs'

let engine: Bench
beforeAll(() => {
  engine = bench()
})
afterAll(() => engine.close())

/** `first finished …` in the order in which they ended. */
const ends = (document: RunDocument) =>
  document.tasks
    .filter((task) => task.lane !== 'main')
    .sort((a, b) => (a.finishSeconds ?? Infinity) - (b.finishSeconds ?? Infinity))
    .map((task) => `${task.name} ${task.end}`)
const markers = (document: RunDocument, kind: string) =>
  document.markers.filter(({ name }) => name.startsWith(kind)).map(({ name }) => name)

describe('coroutines, tasks, futures', () => {
  it('coroutine-object: created long before started', async () => {
    const document = await exactRun(engine, 'coroutine-object', {}, 10, 2)
    for (const name of ['first', 'second']) {
      const task = taskNamed(document, name)
      expect(task.createdSeconds).toBeLessThan(0.5)
      expect(task.readySeconds).toBeGreaterThanOrEqual(2)
      expect(statesOf(document, name).slice(0, 3)).toEqual(['created', 'ready', 'running'])
    }
  })

  it('task-states: every state is a segment', async () => {
    const document = await exactRun(engine, 'task-states', {}, 10, 1)
    expect(statesOf(document, 'first')).toEqual(['created', 'ready', 'running', 'suspended', 'ready', 'running'])
  })

  it('done-callback: a mark at the finish, with what it received', async () => {
    const document = await exactRun(engine, 'done-callback', {}, 10, 1)
    expect(markers(document, 'callback')).toEqual(["callback announce('slept 2 s')"])
    const callback = document.markers.find(({ name }) => name.startsWith('callback'))!
    expect(callback.seconds).toBeGreaterThanOrEqual(taskNamed(document, 'first').finishSeconds!)
  })

  it('blocking-in-coroutine: a staircase of tasks that were all ready at once', async () => {
    const document = await exactRun(engine, 'blocking-in-coroutine', {}, 10, 3)
    expect(ends(document)).toEqual(['first finished', 'second finished', 'third finished'])
    const third = taskNamed(document, 'third')
    expect(third.readySeconds).toBeLessThan(0.5)
    expect(third.startSeconds).toBeGreaterThanOrEqual(4)
  })

  it.each([
    ['together', 4],
    ['sequential', 7],
  ])('nested-coroutines %s: the outer one encloses its inner ones', async (mode, total) => {
    const document = await exactRun(engine, 'nested-coroutines', { mode }, 10, 3)
    expect(document.idealSeconds).toBe(total)
    const outer = taskNamed(document, 'outer')
    for (const name of ['first', 'second', 'third']) {
      expect(taskNamed(document, name).startSeconds).toBeGreaterThanOrEqual(outer.startSeconds!)
      expect(taskNamed(document, name).finishSeconds).toBeLessThanOrEqual(outer.finishSeconds!)
    }
  })

  it('gather: results in the order given, whatever finished first', async () => {
    const document = await exactRun(engine, 'gather', { sleeps: [4, 1, 2] }, 10, 1)
    expect(ends(document)).toEqual(['second finished', 'third finished', 'first finished', 'together finished'])
    expect(lines(document).at(-1)).toBe('results: first, second, third')
  })

  it.each([
    [{}, 'done: first, second, third; pending: none'],
    [{ returnWhen: 'first' }, 'done: first; pending: second, third'],
    [{ timeout: 2.5 }, 'done: first, second; pending: third'],
    [{ returnWhen: 'exception' }, 'done: first, second, third; pending: none'],
  ])('wait %j: who is done and who is pending, and the pending go on', async (parameters, note) => {
    const document = await exactRun(engine, 'wait', parameters, 10, 1)
    expect(markers(document, 'note')).toEqual([`note ${note}`])
    expect(ends(document).filter((end) => end.endsWith('finished'))).toHaveLength(4)
  })

  it('same-sleep-many: a hundred take as long as one', async () => {
    const document = await exactRun(engine, 'same-sleep-many', { tasks: 100 }, 1, 1)
    expect(document.idealSeconds).toBe(1)
    expect(document.tasks.filter((task) => task.end === 'finished')).toHaveLength(101)
  })

  it('random-ten: finish order is order of length, the same for the same seed', async () => {
    const document = await exactRun(engine, 'random-ten', {}, 10, 1)
    const lengths = lines(document)[0]!.replace('lengths: ', '').split(', ').map(Number)
    expect(lengths).toHaveLength(10)
    expect(lengths.every((length) => length >= 1 && length <= 5 && Number.isInteger(length))).toBe(true)
    expect(document.idealSeconds).toBe(Math.max(...lengths))
    const other = await engine.run('random-ten', { seed: 8 }, 100)
    expect(lines(other)[0]).not.toBe(lines(document)[0])
    const inOrder = document.tasks
      .map((task, i) => ({ task, length: lengths[i - 1] }))
      .filter(({ length }) => length !== undefined)
      .sort((a, b) => a.task.finishSeconds! - b.task.finishSeconds!)
    expect(inOrder.map(({ length }) => length)).toEqual([...lengths].sort((a, b) => a - b))
  })

  it('factorials: steps interleave', async () => {
    const document = await exactRun(engine, 'factorials', {}, 10, 3)
    expect(ends(document)).toEqual(['task-1 finished', 'task-2 finished', 'task-3 finished'])
    expect(lines(document)).toContain('task-3: 4! = 24')
    expect(statesOf(document, 'task-3').filter((state) => state === 'suspended')).toHaveLength(3)
    expect(lines(await engine.run('factorials', { numbers: [20] }, 100)).at(-1)).toBe('task-1: 20! = 2432902008176640000')
  })

  it('greenlets: finished, failed and cut off are told apart', async () => {
    const document = await exactRun(engine, 'greenlets', {}, 10, 2)
    expect(taskNamed(document, 'first').end).toBe('cancelled')
    expect(taskNamed(document, 'second').end).toBe('failed')
    for (const name of ['third', 'fourth', 'fifth']) expect(taskNamed(document, name).end).toBe('finished')
    expect(lines(document)).toEqual([
      'the first failure is reported: second, the server refused',
      'first is cut off by the timeout',
    ])
  })
})

describe('the life of a loop', () => {
  it('run-until-complete: the loop ends with its task', async () => {
    const document = await exactRun(engine, 'run-until-complete', {}, 10, 1)
    const stop = document.markers.find(({ name }) => name.startsWith('loopStop'))!
    expect(stop.seconds - taskNamed(document, 'task').finishSeconds!).toBeLessThan(0.5)
  })

  it('run-forever: the task ends, the loop does not', async () => {
    const run = engine.start('run-forever', {}, 10)
    await printed(run, 2)
    await sleepMillis(200)
    await run.stop()
    const document = toDocument(run)
    expect(taskNamed(document, 'task').end).toBe('finished')
    expect(markers(document, 'loopStart')).toHaveLength(1)
    expect(markers(document, 'loopStop')).toEqual([])
    expect(lines(document)).toEqual(['the task begins', 'the task ends'])
    expect(document.idealSeconds).toBeNull()
  })

  it('stop-too-early: the second is left pending, not failed, not finished', async () => {
    const document = await exactRun(engine, 'stop-too-early', {}, 10, 1)
    expect(ends(document)).toEqual(['first finished', 'second pending'])
    expect(taskNamed(document, 'second').finishSeconds).toBeNull()
  })

  it('blocking-in-coroutine: the ideal holds no noise of the arithmetic', async () => {
    expect((await engine.run('blocking-in-coroutine', { tasks: 3, sleep: 0.1 }, 10)).idealSeconds).toBe(0.3)
  })

  it('stop-too-early: the mark at which the loop stops tells who stopped it', async () => {
    const run = engine.start('stop-too-early', { sleeps: [0.01, 1] })
    await run.over
    const { history } = run
    const stop = Array.from({ length: history.markers.length }, (_, i) => i).find(
      (i) => history.markers.get('kind', i) === markerCode.loopStop,
    )!
    expect(history.strings[history.tasks.get('name', history.markers.get('task', stop))]).toBe('first')
  })

  it('gather-then-stop: both finish', async () => {
    const document = await exactRun(engine, 'gather-then-stop', {}, 10, 1)
    expect(ends(document)).toEqual(['first finished', 'second finished'])
  })

  it('close: the last call is refused with the loop’s own error', async () => {
    const document = await exactRun(engine, 'close', {}, 10, 2)
    expect(markers(document, 'note')).toEqual(['note RuntimeError: Event loop is closed'])
    expect(lines(document).at(-1)).toBe('refused: Event loop is closed')
    expect(markers(document, 'loopStart')).toHaveLength(2)
  })

  it('producer-consumer: drained at each high-water mark, the consumer left waiting', async () => {
    const run = engine.start('producer-consumer', { items: 30, highWater: 10 }, 10)
    await printed(run, 4)
    const { levels } = run.history
    const lengths = Array.from({ length: levels.length }, (_, i) => levels.get('value', i))
    await run.stop()
    const document = toDocument(run)
    expect(Math.max(...lengths)).toBe(10)
    expect(lengths.at(-1)).toBe(0)
    expect(lines(document)).toEqual([
      'drained after 10 items',
      'drained after 20 items',
      'drained after 30 items',
      'all 30 items are done',
    ])
    expect(taskNamed(document, 'producer').end).toBe('finished')
    expect(taskNamed(document, 'consumer').end).toBe('killed')
    expect(statesOf(document, 'consumer').at(-1)).toBe('suspended')
  })
})
