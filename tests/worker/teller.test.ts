import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Teller } from '../../electron/worker/teller'
import { sourceReport } from '../support/sourceReport'

const lines: string[] = []
let teller: Teller
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
  lines.length = 0
  teller = new Teller((line) => lines.push(line))
})
afterEach(() => vi.useRealTimers())

test('one line a second at most, the latest, and none that says nothing new', () => {
  for (let i = 0; i < 100; i++) {
    teller.report(sourceReport({ finished: i, waiting: 2000 - i }))
    vi.advanceTimersByTime(30)
  }
  expect(lines).toEqual([
    'Connected to 127.0.0.1:6379.',
    '0 running, 33 finished, 0 failed, 1,967 waiting.',
    '0 running, 66 finished, 0 failed, 1,934 waiting.',
    '0 running, 99 finished, 0 failed, 1,901 waiting.',
  ])
  vi.advanceTimersByTime(60_000)
  teller.close()
  expect(lines.length).toBe(4)
})

test('a loss is said once, then that it is back', () => {
  teller.report(sourceReport({}))
  const away = sourceReport({ phase: 'unreachable', reason: { en: 'Nothing listens there.', zh: '' }, waiting: null })
  for (let i = 0; i < 50; i++) {
    teller.report({ ...away, attempt: i })
    vi.advanceTimersByTime(100)
  }
  teller.report(sourceReport({}))
  vi.advanceTimersByTime(5000)
  const sentences = lines.filter((line) => !line.includes('running'))
  expect(sentences).toEqual(['Connected to 127.0.0.1:6379.', 'Nothing listens there.', 'Connected to 127.0.0.1:6379.'])
})
