import { expect, test, vi } from 'vitest'
import { memoryPair } from '../../electron/channels/memory'

const settled = () => new Promise((resolve) => setImmediate(resolve))

test('messages arrive in order, never at once, and wait for their listener', async () => {
  const [left, right] = memoryPair<string, number>()
  for (const n of [1, 2, 3]) left.send(n)
  await settled()
  const got: number[] = []
  right.onMessage((n) => got.push(n))
  expect(got).toEqual([1, 2, 3])
  left.send(4)
  expect(got).toEqual([1, 2, 3])
  await settled()
  expect(got).toEqual([1, 2, 3, 4])
})

test('both ways at once', async () => {
  const [left, right] = memoryPair<string, number>()
  const echo = vi.fn()
  right.onMessage((n) => right.send(`got ${n}`))
  left.onMessage(echo)
  left.send(7)
  await settled()
  expect(echo).toHaveBeenCalledExactlyOnceWith('got 7')
})

test('there is one listener at a time, and undoing an older one does nothing', async () => {
  const [left, right] = memoryPair<string, number>()
  const first = vi.fn()
  const second = vi.fn()
  const undo = right.onMessage(first)
  right.onMessage(second)
  undo()
  left.send(1)
  await settled()
  expect(first).not.toHaveBeenCalled()
  expect(second).toHaveBeenCalledOnce()
})

test('what comes between two listeners waits for the next', async () => {
  const [left, right] = memoryPair<string, number>()
  right.onMessage(() => undefined)()
  left.send(1)
  await settled()
  const next = vi.fn()
  right.onMessage(next)
  expect(next).toHaveBeenCalledExactlyOnceWith(1)
})

test('the end is told once, to the other end only, after what was sent before it', async () => {
  const [left, right] = memoryPair<string, number>()
  const order: string[] = []
  right.onMessage((n) => order.push(String(n)))
  right.onClose(() => order.push('closed'))
  left.onClose(() => order.push('closed itself'))
  left.send(1)
  left.close()
  left.close()
  left.send(2)
  await settled()
  expect(order).toEqual(['1', 'closed'])
})

test('who listens for the end after the end is told as well', async () => {
  const [left, right] = memoryPair<string, number>()
  left.close()
  await settled()
  const late = vi.fn()
  right.onClose(late)
  await settled()
  expect(late).toHaveBeenCalledOnce()
})
