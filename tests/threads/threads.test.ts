import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { toDocument } from '../../electron/engine/document'
import { type Bench, bench, lines, sleepMillis, statesOf, taskNamed } from '../support/runs'

vi.mock('../../electron/scenarios/index', () => import('../support/programmes/index'))

let engine: Bench
beforeAll(() => {
  engine = bench('test-workers')
})
afterAll(() => engine.close())
const run = (what: string) => engine.run('threads-test', { what })

describe('threads', () => {
  it('ends a thread that throws as failed, with its message, and lets the others go on', async () => {
    const document = await run('throwing')
    expect(taskNamed(document, 'bad').end).toBe('failed')
    expect(taskNamed(document, 'before').end).toBe('finished')
    expect(taskNamed(document, 'after').end).toBe('finished')
    expect(taskNamed(document, 'after').finishSeconds).toBeGreaterThan(taskNamed(document, 'bad').finishSeconds!)
  })

  it('keeps the error of a failed thread', async () => {
    const started = engine.start('threads-test', { what: 'throwing' })
    await started.over
    expect(started.history.strings).toContain('RangeError: five is right out')
  })

  it('lets threads go on after main has thrown', async () => {
    const document = await run('mainThrows')
    expect(taskNamed(document, 'main').end).toBe('failed')
    expect(taskNamed(document, 'thread').end).toBe('finished')
  })

  it('kills a daemon thread when the last non-daemon thread has ended, not before', async () => {
    const document = await run('daemonOutlived')
    const daemon = taskNamed(document, 'daemon')
    expect(daemon.end).toBe('killed')
    expect(daemon.finishSeconds).toBeGreaterThanOrEqual(0.2)
    expect(daemon.finishSeconds).toBeLessThan(4)
    expect(document.mainEndSeconds).toBeLessThan(0.2)
  })

  it('knows that a daemon thread lived as long as a thread that holds the programme open', async () => {
    const started = engine.start('threads-test', { what: 'daemonOutlived' })
    await started.over
    const { ends } = started.history
    const document = toDocument(started)
    const at = (name: string) => document.tasks.findIndex((task) => task.name === name)
    const row = Array.from({ length: ends.length }, (_, i) => i).find((i) => ends.get('task', i) === at('daemon'))!
    expect(ends.get('earliest', row)).toBe(taskNamed(document, 'thread').finishSeconds! * 1e9)
    expect(ends.get('earliest', row)).toBeLessThan(ends.get('time', row))
  })

  it('counts a daemon thread that ended before its programme as finished', async () => {
    const document = await run('daemonFinishes')
    expect(taskNamed(document, 'quick').end).toBe('finished')
    expect(taskNamed(document, 'slow').end).toBe('killed')
  })

  it('joins with and without a timeout, main waiting meanwhile', async () => {
    const document = await run('joinTimeout')
    expect(lines(document)).toEqual(['alive true', 'alive false'])
    expect(statesOf(document, 'main')).toEqual(['ready', 'running', 'waiting', 'running', 'waiting', 'running'])
    expect(document.markers.map((marker) => marker.name)).toEqual(['join thread', 'mainEnd'])
  })

  it('refuses misuse with threading’s own words', async () => {
    const document = await run('misuse')
    // The thread whose target cannot cross leaves nothing behind.
    expect(document.tasks.map((task) => task.name)).toEqual(['main', 'thread-1'])
    expect(lines(document)).toEqual([
      'cannot join thread before it is started',
      'this function cannot cross threads: only functions that a scenario exports can, by their name',
      'threads can only be started once',
    ])
  })

  it('returns from start when the thread is on its first line, parked or cold', async () => {
    const document = await run('begun')
    expect(document.output).toHaveLength(20)
    for (const { seconds, text } of document.output)
      expect(seconds).toBeGreaterThanOrEqual(taskNamed(document, text).startSeconds!)
  })

  it('starts more threads than were parked', async () => {
    const document = await run('many')
    expect(document.tasks.filter((task) => task.end === 'finished')).toHaveLength(21)
  })

  it('ends what ran as killed and what never started as pending, within a second of a stop', async () => {
    const started = engine.start('threads-test', { what: 'never' })
    while (started.zero === null || started.now() < 1e8) {
      started.drain()
      await sleepMillis(10)
    }
    const before = Date.now()
    await started.stop()
    expect(Date.now() - before).toBeLessThan(1000)
    expect(started.phase).toBe('stopped')
    const document = toDocument(started)
    expect(document.tasks.map((task) => [task.name, task.end])).toEqual([
      ['main', 'killed'],
      ['created', 'pending'],
      ['one', 'killed'],
      ['two', 'killed'],
    ])
    expect(taskNamed(document, 'created').finishSeconds).toBeNull()
    expect(document.mainEndSeconds).toBeNull()
  })

  it.each(['spin', 'mainSpins'])('terminates a thread that waits for nothing: %s', async (what) => {
    const started = engine.start('threads-test', { what })
    while (started.zero === null) {
      started.drain()
      await sleepMillis(10)
    }
    const before = Date.now()
    await started.stop()
    expect(Date.now() - before).toBeLessThan(2000)
    expect(taskNamed(toDocument(started), 'spinner').end).toBe('killed')
    expect(taskNamed(toDocument(started), 'main').end).toBe('killed')
  })

  it.each(['hoard', 'hoardJoined'])('fails a run whose thread takes too much memory, and says so: %s', async (what) => {
    const started = engine.start('threads-test', { what })
    const ended = await Promise.race([started.over.then(() => started.phase), sleepMillis(12_000)])
    await started.stop()
    expect(ended).toBe('failed')
    expect(started.info().error).toBe('threads-test ran out of memory: its threads may use 256 MB each.')
    expect(taskNamed(toDocument(started), 'hoarder').end).toBe('killed')
  })

  it('counts marks that found their ring full, and keeps the rest', async () => {
    const document = await run('flood')
    expect(document.droppedMarks).toBeGreaterThan(0)
    // Words are written once; a line or its words found no room.
    expect(document.output.length + document.droppedMarks).toBeGreaterThanOrEqual(200_000)
    expect(document.output.length + document.droppedMarks).toBeLessThan(200_010)
  })

  it('says on which lane and between which moments they are missing', async () => {
    const started = engine.start('threads-test', { what: 'flood' })
    await started.over
    const { losses, lanes, strings, dropped } = started.history
    const all = Array.from({ length: losses.length }, (_, i) =>
      Object.fromEntries((['from', 'until', 'count', 'lane'] as const).map((column) => [column, losses.get(column, i)])),
    )
    expect(all.length).toBeGreaterThan(0)
    expect(all.reduce((sum, { count }) => sum + count!, 0)).toBe(dropped)
    for (const [i, { from, until, lane }] of all.entries()) {
      expect(until).toBeGreaterThan(from!)
      expect(from).toBeGreaterThanOrEqual(all[i - 1]?.['until'] ?? 0)
      expect(strings[lanes.get('name', lane!)]).toBe('flooder')
    }
  })

  it.each(['flood', 'mainFloods'])('knows of every end in a flood of marks: %s', async (what) => {
    const document = await run(what)
    expect(document.droppedMarks).toBeGreaterThan(0)
    expect(new Set(document.tasks.map((task) => task.end))).toEqual(new Set(['finished']))
    expect(document.mainEndSeconds).toBe(taskNamed(document, 'main').finishSeconds)
  })

  it('does not mix two runs at once', async () => {
    const [one, two] = await Promise.all([run('throwing'), run('joinTimeout')])
    expect(one.tasks.map((task) => task.name).sort()).toEqual(['after', 'bad', 'before', 'main'])
    expect(two.tasks.map((task) => task.name).sort()).toEqual(['main', 'thread'])
    expect(one.output).toEqual([])
    expect(lines(two)).toEqual(['alive true', 'alive false'])
  })

  it('measures the cost of a mark and the clock’s error for each run', async () => {
    const document = await run('joinTimeout')
    expect(document.markCostSeconds).toBeGreaterThan(0)
    expect(document.markCostSeconds).toBeLessThan(1e-3)
    expect(document.clockErrorSeconds).toBeGreaterThan(0)
    expect(document.clockErrorSeconds).toBeLessThan(1e-2)
  })
})

describe('thread queues', () => {
  const queues = (what: string) => engine.run('queues-test', { what })

  it('keep order from one producer', async () => {
    expect(lines(await queues('order'))).toEqual(['sorted true, left 0'])
  })
  it('lose and double nothing from two producers', async () => {
    expect(lines(await queues('twoProducers'))).toEqual(['1000 true'])
  })
  it('carry texts of every length and alphabet, over the end of their memory and on at its start', async () => {
    expect((await queues('texts')).tasks.map(({ end }) => end)).toEqual(['finished', 'finished'])
  })
  it('wake all who wait', async () => {
    expect(lines(await queues('manyWait'))).toEqual(['750'])
  })
  it('carry any cloneable value across', async () => {
    for (const line of lines(await queues('values'))) expect(line).toMatch(/ true$/)
  })
  it('make put wait while they are full', async () => {
    const document = await queues('full')
    expect(lines(document)).toEqual(['0 true', '1 true', '2 true', '3 true', '4 true', '5 true'])
  })
  it('give up after a timeout, as queue.Empty', async () => {
    expect(lines(await queues('timeout'))).toEqual(['true nothing came in 0.05 s', 'late'])
  })
})
