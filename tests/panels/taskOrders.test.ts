/** Orders of the table that take more than a slice: what is shown meanwhile, what is given up, and how often a live run is sorted. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { RunStore } from '../../renderer/model/runStore'
import { type Asked, TaskOrders } from '../../renderer/panels/taskOrders'
import { million, syntheticFrames } from '../support/syntheticRun'

/** Each look at the clock takes `slowness` ms, so that work is cut into slices. */
function orders(slowness: number) {
  let now = 0
  const turns: (() => void)[] = []
  const changed = vi.fn()
  const made = new TaskOrders(changed, {
    next: (run) => turns.push(run),
    now: () => {
      now += slowness
      return now
    },
  })
  return {
    made,
    changed,
    turns,
    pass: (ms: number) => {
      now += ms
    },
    runAll: () => {
      for (let turn = turns.shift(); turn; turn = turns.shift()) turn()
    },
  }
}

const frames = [...syntheticFrames({ ...million, spans: 40_000, lanes: 4, names: 30 })]
const endWord = () => ''
const storeOf = (count = frames.length) => {
  const store = new RunStore(1, 1)
  for (const frame of frames.slice(0, count)) store.append(frame)
  return store
}
const asked = (store: RunStore, query: Partial<Asked> = {}): Asked => ({
  store,
  live: false,
  sorting: null,
  newestFirst: false,
  find: '',
  outcome: null,
  lane: null,
  endWord,
  stateWord: endWord,
  ...query,
})
const byWaited = { column: 'waited', descending: true } as const
const byRan = { column: 'ran', descending: true } as const
const longest = (store: RunStore, column: 'waited' | 'ran') =>
  Math.max(...Array.from({ length: store.taskCount }, (_, task) => store.task(task)[column] ?? 0))

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('an order of the table', () => {
  test('is there at once where it takes no longer than a slice', () => {
    const { made, turns, changed } = orders(0)
    const store = storeOf()
    const { order } = made.ask(asked(store, { sorting: byWaited }))!
    expect(store.task(order[0]!).waited).toBe(longest(store, 'waited'))
    expect([turns.length, changed.mock.calls.length, made.isLate]).toEqual([0, 0, false])
  })

  test('comes later where it takes long: the older one stays, and after 0.2 s that is said', () => {
    const { made, runAll, changed, pass } = orders(7)
    const store = storeOf()
    expect(made.ask(asked(store, { sorting: byWaited }))).toBeNull()
    runAll()
    expect(changed).toHaveBeenCalledTimes(1)
    const first = made.ask(asked(store, { sorting: byWaited }))!
    expect(store.task(first.order[0]!).waited).toBe(longest(store, 'waited'))
    expect(made.isLate).toBe(false)
    expect(made.ask(asked(store, { sorting: byRan }))).toBe(first)
    expect([made.isLate, made.isSlow]).toEqual([true, false])
    pass(200)
    vi.advanceTimersByTime(200)
    expect(changed).toHaveBeenCalledTimes(2)
    expect(made.isSlow).toBe(true)
    runAll()
    const second = made.ask(asked(store, { sorting: byRan }))!
    expect(store.task(second.order[0]!).ran).toBe(longest(store, 'ran'))
    expect([made.isLate, made.isSlow]).toEqual([false, false])
  })

  test('is given up when another is asked for, and when nothing is', () => {
    const { made, turns, runAll, changed } = orders(7)
    const store = storeOf()
    made.ask(asked(store, { sorting: byWaited }))
    made.ask(asked(store, { find: 'task 3' }))
    expect(turns).toHaveLength(2)
    runAll()
    expect(changed).toHaveBeenCalledTimes(1)
    expect(made.ask(asked(store, { find: 'task 3' }))!.asked.find).toBe('task 3')
    made.ask(asked(store, { sorting: byWaited }))
    made.forget()
    runAll()
    vi.runAllTimers()
    expect(changed).toHaveBeenCalledTimes(1)
    expect(made.isLate).toBe(false)
  })

  test('of one run is never shown for another', () => {
    const { made, runAll } = orders(7)
    made.ask(asked(storeOf(), { sorting: byWaited }))
    runAll()
    expect(made.ask(asked(storeOf(1), { sorting: byWaited }))).toBeNull()
  })

  test('of a live run is made again after ten times as long as it took, and at its end', () => {
    const { made, runAll, turns, pass } = orders(7)
    const store = storeOf(1)
    const query = { sorting: byWaited, live: true }
    made.ask(asked(store, query))
    runAll()
    const first = made.ask(asked(store, query))!
    store.append(frames[1]!)
    expect(made.ask(asked(store, query))).toBe(first)
    expect(turns).toHaveLength(0)
    pass(10 * first.took)
    // Nobody asked for another: that it is being made is nothing to say.
    expect([made.ask(asked(store, query)) === first, turns.length, made.isLate]).toEqual([true, 1, false])
    store.append(frames[2]!)
    runAll()
    const second = made.ask(asked(store, query))!
    expect(second.order.length).toBeGreaterThan(first.order.length)
    made.ask(asked(store, { ...query, live: false }))
    runAll()
    expect(made.ask(asked(store, { ...query, live: false }))!.order.length).toBe(store.taskCount)
  })
})
