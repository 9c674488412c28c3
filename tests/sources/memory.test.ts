import { expect, test } from 'vitest'
import { Memory, maxWaiting } from '../../electron/sources/memory'
import { recordingSink } from '../support/recordingSink'

test('a queue in memory takes so many tasks and no more, and those that it has go on', async () => {
  const source = new Memory({ url: '', queue: 'queue', concurrency: 1, ask: false })
  const sink = recordingSink(() => source, null)
  source.start(sink)
  await source.push(Array(maxWaiting).fill('1'))
  await expect(source.push(['1', '2'])).rejects.toThrow('Nothing was pushed: at most 100,000 tasks wait in a queue in memory.')
  await sink.until(({ inFlight }) => inFlight === 1, 'the first task')
  source.done(sink.taken[0]!.id)
  await sink.until(({ finished, inFlight }) => finished === 1 && inFlight === 1, 'the next')
  await source.push(['1', '2'])
  await source.stop()
})
