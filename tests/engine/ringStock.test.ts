import { expect, test } from 'vitest'
import { RingStock } from '../../electron/engine/ringStock'
import { maxThreads } from '../../electron/threads/controlBlock'
import { type Mark, MarkReader, MarkWriter, markCode } from '../../electron/threads/markRing'

test('a ring is used again, and nothing of its last run is read', () => {
  const stock = new RingStock(64)
  const [ring] = stock.take(1) as [SharedArrayBuffer]
  const last = new MarkWriter(ring, 0n)
  for (let n = 0; n < 100; n++) last.mark(markCode.output, 0, 0, n, `line ${n}`)
  expect(new MarkReader(ring).dropped).toBeGreaterThan(0)
  stock.giveBack([ring])
  expect(stock.take(1)).toEqual([ring])
  const reader = new MarkReader(ring)
  new MarkWriter(ring, 0n).mark(markCode.output, 0, 0, 7, 'new')
  const marks: Mark[] = []
  reader.drain(marks)
  expect(marks.map(({ task, text }) => [task, text])).toEqual([[7, 'new']])
  expect(reader.dropped).toBe(0)
})

test('no more are kept than a run can need', () => {
  const stock = new RingStock(64)
  const first = stock.take(maxThreads + 2)
  stock.giveBack(first)
  const second = stock.take(maxThreads + 2)
  expect(second.filter((ring) => first.includes(ring))).toHaveLength(maxThreads)
})
