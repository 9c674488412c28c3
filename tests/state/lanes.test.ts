/** How lanes are arranged is kept while the page lives, and forgotten with the run. */
import { expect, test } from 'vitest'
import { togglePinned, withLanes } from '../../renderer/model/laneView'
import * as state from '../../renderer/state'
import { choose } from '../../renderer/state/actions'
import { arrangeLanes, laneView } from '../../renderer/state/lanes'
import { playEngine, runInfo, welcome } from '../support/page'

test('an arrangement belongs to the run that is shown, and goes with it', async () => {
  const engine = await playEngine()
  await engine.send(welcome({ runs: [runInfo(1, 'sync-scheduling'), runInfo(2, 'async-scheduling')] }))
  choose('sync-scheduling')
  arrangeLanes(
    withLanes(
      { ...laneView.value, filter: 'a' },
      1,
      togglePinned({ order: [], pinned: new Set(), folded: new Set(), closed: false }, 3),
    ),
  )
  choose('async-scheduling')
  expect(laneView.value).toMatchObject({ filter: '' })
  choose('sync-scheduling')
  expect(laneView.value.filter).toBe('a')
  expect([...laneView.value.runs.get(1)!.pinned]).toEqual([3])
  await engine.send({ type: 'forgotten', runs: [1] })
  expect(state.laneViews.value.size).toBe(0)
})
