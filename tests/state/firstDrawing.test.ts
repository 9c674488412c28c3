import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { connection, host } from '../../renderer/state'
import { firstDrawing, patienceMillis } from '../../renderer/state/firstDrawing'

let drawn = false
beforeEach(() => {
  vi.useFakeTimers()
  host.value = null
  connection.value = { phase: 'connecting' }
  drawn = false
  void firstDrawing().then(() => {
    drawn = true
  })
})
afterEach(() => void vi.useRealTimers())

const welcomed = { kind: 'browser', runtime: 'Node', version: '0' } as const

test('at once with the engine’s answer, not with the line to it', async () => {
  connection.value = { phase: 'connected' }
  await vi.advanceTimersByTimeAsync(patienceMillis - 1)
  expect(drawn).toBe(false)
  host.value = welcomed
  await vi.advanceTimersByTimeAsync(0)
  expect(drawn).toBe(true)
})

test('without an answer when waiting has to be told', async () => {
  await vi.advanceTimersByTimeAsync(patienceMillis)
  expect(drawn).toBe(true)
})

test('at once when there is no engine', async () => {
  connection.value = { phase: 'lost', attempt: 1, nextAttemptAt: 0 }
  await vi.advanceTimersByTimeAsync(0)
  expect(drawn).toBe(true)
})
