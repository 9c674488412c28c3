import { beforeEach, expect, test } from 'vitest'
import type { RunPhase } from '#protocol/messages'
import { RunStore } from '../../renderer/model/runStore'
import * as state from '../../renderer/state'
import { alignAt } from '../../renderer/state/actions'
import { alignment, moments, offsets } from '../../renderer/state/alignment'
import { shown } from '../../renderer/state/derived'
import { History } from '../support/frames'
import { runInfo, scenario } from '../support/page'

/** A contrast of two, whose mains end at these times; null: it goes on. */
function contrast(phase: RunPhase, ...mainEnds: readonly (number | null)[]) {
  const ids = ['one', 'two']
  state.catalogue.value = ids.map((id) => scenario(id, { contrast: ids }))
  state.place.value = { kind: 'programme', id: 'one' }
  state.contrasting.value = true
  const views = mainEnds.map((at, index) => {
    const history = new History().lane('main', 'main').task('main', 'main').span('main', 'running', 0, 9)
    if (at !== null) history.marker('mainEnd', at, 'main')
    const store = new RunStore(index + 1, 1)
    store.append(history.frame({ now: 9 }))
    return { info: runInfo(index + 1, ids[index]!, { phase, group: 1 }), store, source: null }
  })
  state.runs.value = new Map(views.map((view) => [view.info.id, view]))
  expect(shown.value).toHaveLength(2)
}

beforeEach(() => alignAt({ kind: 'start' }))

test('runs stand at their start until another moment is chosen, and then each by as much as it was later', () => {
  contrast('finished', 2, 5)
  expect(offsets.value).toBeUndefined()
  alignAt({ kind: 'mainEnd' })
  expect(offsets.value).toEqual([-2, -5])
})

test('while one goes on all stand at their start; the choice is kept for when they are over', () => {
  alignAt({ kind: 'mainEnd' })
  contrast('running', 2, 5)
  expect(offsets.value).toBeUndefined()
  expect(moments.value).toHaveLength(1)
  contrast('finished', 1, 3)
  expect(offsets.value).toEqual([-1, -3])
})

test('a run without the moment that was chosen has no offset, and a choice that none of them has is their start', () => {
  alignAt({ kind: 'mainEnd' })
  contrast('finished', 2, null)
  expect(offsets.value).toEqual([-2, null])
  expect(moments.value).toContainEqual({ kind: 'mainEnd' })
  contrast('finished', null, null)
  expect(offsets.value).toBeUndefined()
  expect(alignment.value).toEqual({ kind: 'start' })
})
