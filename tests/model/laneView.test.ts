/** However lanes are moved, pinned, folded and filtered, none is lost and none is there twice. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { laneRows } from '../../renderer/model/laneLayout'
import {
  asTheyCome,
  laneOrder,
  moveLane,
  type RunLanes,
  toggleClosed,
  toggleFolded,
  togglePinned,
} from '../../renderer/model/laneView'
import { RunStore } from '../../renderer/model/runStore'
import { shownRows } from '../../renderer/model/shownRows'
import { History } from '../support/frames'

const lane = fc.nat(11)
const change = fc.oneof(
  fc.tuple(fc.constant('pin' as const), lane, lane),
  fc.tuple(fc.constant('fold' as const), lane, lane),
  fc.tuple(fc.constantFrom('before' as const, 'behind' as const), lane, lane),
)
const changes = fc.array(change, { maxLength: 30 })

const arranged = (count: number, all: readonly (readonly ['pin' | 'fold' | 'before' | 'behind', number, number])[]) =>
  all.reduce<RunLanes>((lanes, [what, one, other]) => {
    if (what === 'pin') return togglePinned(lanes, one)
    return what === 'fold' ? toggleFolded(lanes, one) : moveLane(lanes, count, one, other, what)
  }, asTheyCome)

test('the order has every lane once, the pinned ones first', () => {
  fc.assert(
    fc.property(fc.nat(12), changes, fc.nat(5), (count, all, more) => {
      const lanes = arranged(count, all)
      // Lanes come while a run is live.
      const order = laneOrder(count + more, lanes)
      expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: count + more }, (_, i) => i))
      const pinned = order.map((one) => lanes.pinned.has(one))
      expect(pinned.lastIndexOf(true)).toBeLessThan(pinned.includes(false) ? pinned.indexOf(false) : pinned.length)
    }),
  )
})

test('a lane that is moved stands beside the other one, if both are pinned or neither', () => {
  fc.assert(
    fc.property(changes, lane, lane, fc.constantFrom('before' as const, 'behind' as const), (all, one, other, where) => {
      const lanes = moveLane(arranged(12, all), 12, one, other, where)
      fc.pre(one !== other && lanes.pinned.has(one) === lanes.pinned.has(other))
      const order = laneOrder(12, lanes)
      expect(order.indexOf(one) - order.indexOf(other)).toBe(where === 'before' ? -1 : 1)
    }),
  )
})

/** Lanes "lane 0" to "lane 11", of which every third has two tasks at once. */
function store(): { readonly store: RunStore; readonly history: History } {
  const history = new History()
  for (let i = 0; i < 12; i++) {
    history.lane(`lane ${i}`, i % 2 === 0 ? 'loop' : 'thread')
    for (const task of i % 3 === 0 ? ['a', 'b'] : ['a'])
      history.task(`${task}${i}`, `lane ${i}`).span(`${task}${i}`, 'running', 0, 2)
  }
  const made = new RunStore(1, 1)
  made.append(history.frame({ now: 3 }))
  return { store: made, history }
}

describe('rows', () => {
  test('are those of the lanes in their order, a folded lane as one, and only lanes with the text in a name', () => {
    const one = store().store
    fc.assert(
      fc.property(changes, fc.constantFrom('', '1', 'LANE 1', ' b', 'nobody'), (all, filter) => {
        const lanes = arranged(12, all)
        const { rows, pinned, lanes: count } = shownRows(one, lanes, filter)
        const wanted = laneOrder(12, lanes)
          .map((index) => laneRows(one).filter((row) => row.lane === index))
          .filter((own) =>
            [...own.map(({ name }) => name), `lane ${own[0]!.lane}`].some((name) => name.includes(filter.trim().toLowerCase())),
          )
        expect(count).toBe(wanted.length)
        expect(rows.map((row) => [row.lane, row.sub])).toEqual(
          wanted.flatMap((own) => (lanes.folded.has(own[0]!.lane) ? own.slice(0, 1) : own)).map((row) => [row.lane, row.sub]),
        )
        for (const { lane: index, folded } of rows) {
          expect(folded?.length ?? null).toBe(lanes.folded.has(index) && index % 3 === 0 ? 2 : null)
        }
        expect(rows.map((row) => lanes.pinned.has(row.lane)).lastIndexOf(true)).toBe(pinned - 1)
      }),
    )
  })
  test('of a closed run are none', () => {
    expect(shownRows(store().store, toggleClosed(asTheyCome))).toMatchObject({ rows: [], lanes: 12 })
  })
  test('are the same list until a task gets a place or the lanes are arranged anew', () => {
    const { store: one, history } = store()
    const { rows } = shownRows(one)
    one.append(history.frame({ now: 4 }))
    expect(shownRows(one).rows).toBe(rows)
    one.append(history.task('c', 'lane 1').span('c', 'running', 1, 3).frame({ now: 5 }))
    const more = shownRows(one).rows
    expect(more.length).toBe(rows.length + 1)
    expect(more[0]).toBe(rows[0])
    expect(shownRows(one, togglePinned(asTheyCome, 5)).rows[0]!.lane).toBe(5)
  })
})
