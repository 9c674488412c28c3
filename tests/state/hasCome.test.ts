import { expect, test } from 'vitest'
import { RunStore } from '../../renderer/model/runStore'
import { hasCome } from '../../renderer/state/derived'
import { History } from '../support/frames'
import { runInfo } from '../support/page'

test('a run that is over has come when its segments, markers and lines of output are all here', () => {
  const history = new History()
    .lane('main', 'main')
    .task('main', 'main')
    .span('main', 'running', 0, 1)
    .span('main', 'sleeping', 1, 2)
    .marker('mainEnd', 2, 'main', { task: 'main' })
    .output(1, 'main', 'a line')
  const info = runInfo(1, 'any', { phase: 'finished', measured: { ...runInfo(1, 'any').measured, rows: 4 } })
  const comeAfter = (to: Parameters<typeof history.frame>[0]) => {
    const store = new RunStore(1, 1)
    store.append(history.frame(to))
    return hasCome({ info, store, source: null })
  }
  expect([{ spans: 1 }, { markers: 0 }, { outputs: 0 }].map((to) => comeAfter({ to }))).toEqual([false, false, false])
  expect(comeAfter({})).toBe(true)
})
