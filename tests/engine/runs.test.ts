import { expect, test } from 'vitest'
import { maxGoing } from '../../electron/engine/runs'
import { bench } from '../support/runs'

test('no more programmes run at once than a page can show, and it is said', async () => {
  const { runs, close } = bench()
  const requests = Array(maxGoing + 1).fill({ scenario: 'join', parameters: { threads: 1, sleeps: [60] } })
  expect(runs.start(requests, 1)).toEqual({
    ok: false,
    problem: 'At most 16 programmes run at once, and 0 do: stop some first.',
  })
  expect(runs.start(requests.slice(0, 2), 1).ok).toBe(true)
  expect(runs.start(requests.slice(0, maxGoing - 1), 1)).toEqual({
    ok: false,
    problem: 'At most 16 programmes run at once, and 2 do: stop some first.',
  })
  await close()
})
