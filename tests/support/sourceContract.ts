/** What every queue source promises. One line per source in tests/sources/contract.test.ts. */
import { expect, test } from 'vitest'
import type { QueueSource, SourceSettings } from '../../electron/sources/source'
import { recordingSink } from './recordingSink'
import { until } from './until'

/** `make` gives a source with a queue that is its own and empty. */
export function sourceContract(make: (settings: Omit<SourceSettings, 'url' | 'queue'>) => QueueSource): void {
  const start = async (concurrency: number, ms: number | null) => {
    const source = make({ concurrency, ask: false })
    const sink = recordingSink(() => source, ms)
    source.start(sink)
    await sink.until(({ phase }) => phase === 'consuming' || phase === 'memory', 'the source to be ready')
    return { source, sink }
  }

  test('items are taken in the order of LPUSH', async () => {
    const { source, sink } = await start(10, 0)
    await source.push(['5', '3', '1'])
    await source.push(['0.5', 'not a number', '2'])
    await until(() => sink.taken.length === 6, 'six items')
    expect(sink.texts).toEqual(['5', '3', '1', '0.5', 'not a number', '2'])
    expect(new Set(sink.taken.map(({ id }) => id)).size).toBe(6)
    await source.stop()
  })

  test('no more items run at once than allowed, and all run', async () => {
    const { source, sink } = await start(3, 5)
    await source.push(Array.from({ length: 60 }, (_, i) => String(i)))
    await until(() => sink.finished.length === 60, '60 items to finish')
    expect(sink.most).toBe(3)
    expect(sink.texts).toEqual(Array.from({ length: 60 }, (_, i) => String(i)))
    await sink.until(
      ({ finished, inFlight, waiting }) => finished === 60 && inFlight === 0 && waiting === 0,
      'the status to say so',
    )
    expect(sink.activities.some((activity) => activity === 'waiting a free place')).toBe(true)
    await source.stop()
  })

  test('the limit changes while items run; at 0 nothing more is taken, and what runs goes on', async () => {
    const { source, sink } = await start(2, null)
    source.limit(0)
    await source.push(Array.from({ length: 20 }, (_, i) => String(i)))
    await sink.until(({ waiting }) => waiting !== null && waiting >= 19, 'the items to wait')
    await until(() => sink.activities[sink.activities.length - 1] === 'waiting a free place', 'no more to be taken')
    // One may have been on its way.
    const before = sink.taken.length
    expect(before).toBeLessThanOrEqual(1)
    source.limit(5)
    await until(() => sink.taken.length === 5, 'five items')
    source.limit(1)
    for (const { id } of sink.taken.slice(0, 4)) source.done(id)
    source.done(sink.taken[4]!.id)
    await until(() => sink.taken.length === 6, 'one more')
    await sink.until(({ inFlight }) => inFlight === 1, 'the status to say one')
    await source.stop()
    expect(sink.last()).toMatchObject({ finished: 5, waiting: 15 })
  })

  test('every item that was taken is done once or given back', async () => {
    const { source, sink } = await start(8, null)
    await source.push(Array.from({ length: 20 }, (_, i) => String(i)))
    await until(() => sink.taken.length === 8, 'eight items')
    for (const { id } of sink.taken.slice(0, 3)) source.done(id)
    await until(() => sink.taken.length === 11, 'three more')
    source.bury(sink.taken[3]!.id, 'not wanted')
    source.done(sink.taken[3]!.id)
    source.done(sink.taken[0]!.id)
    await until(() => sink.taken.length === 12, 'one more')
    await source.stop()
    expect(sink.last()).toMatchObject({ phase: 'stopped', finished: 3, failed: 1, inFlight: 0, waiting: 16 })
  })

  test('stop is safe twice, ends within 500 ms, and nothing comes after it', async () => {
    const { source, sink } = await start(2, null)
    await source.push(['1', '2', '3'])
    await until(() => sink.taken.length === 2, 'two items')
    const begin = performance.now()
    await Promise.all([source.stop(), source.stop()])
    await source.stop()
    expect(performance.now() - begin).toBeLessThan(500)
    const sent = sink.statuses.length
    source.done(sink.taken[0]!.id)
    source.retry()
    source.answer('consume')
    await new Promise((resolve) => setTimeout(resolve, 150))
    expect(sink.taken.length).toBe(2)
    expect(sink.statuses.length).toBe(sent)
    await expect(source.push(['4'])).rejects.toThrow('Nothing was pushed')
  })

  test('stop before anything happened is safe', async () => {
    const source = make({ concurrency: 1, ask: false })
    const sink = recordingSink(() => source, 0)
    source.start(sink)
    await source.stop()
    expect(sink.last().phase).toBe('stopped')
  })

  test('the status comes at most about ten times a second, and the last one always', async () => {
    const { source, sink } = await start(50, 1)
    const begin = performance.now()
    const before = sink.statuses.length
    await source.push(Array.from({ length: 3000 }, () => '0'))
    await sink.until(({ finished }) => finished === 3000, '3,000 finished')
    expect(sink.statuses.length - before).toBeLessThanOrEqual(3 + (performance.now() - begin) / 95)
    await source.stop()
  })
}
