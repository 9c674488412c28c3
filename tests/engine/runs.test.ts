import { expect, test } from 'vitest'
import { maxGoing } from '../../electron/engine/runs'
import { bench } from '../support/runs'

test('no more programmes run at once than a page can show, and it is said', async () => {
  const { runs, close } = bench()
  const requests = Array(maxGoing + 1).fill({ scenario: 'join', parameters: { threads: 1, sleeps: [60] } })
  expect(runs.start(requests, 1)).toEqual({
    ok: false,
    problem: {
      en: 'At most 16 programmes run at once, and 0 do: stop some first.',
      zh: '最多同时运行 16 个程序，现在已有 0 个：请先停止一些。',
    },
  })
  expect(runs.start(requests.slice(0, 2), 1).ok).toBe(true)
  expect(runs.start(requests.slice(0, maxGoing - 1), 1)).toEqual({
    ok: false,
    problem: {
      en: 'At most 16 programmes run at once, and 2 do: stop some first.',
      zh: '最多同时运行 16 个程序，现在已有 2 个：请先停止一些。',
    },
  })
  await close()
})
