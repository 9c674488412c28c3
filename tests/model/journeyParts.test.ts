import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { levelBefore, wayOf } from '../../renderer/model/journeyParts'
import { RunStore } from '../../renderer/model/runStore'
import { statisticsOf } from '../../renderer/model/statistics'
import { finish } from '../../renderer/model/steps'
import { History } from '../support/frames'

const storeOf = (history: History, now = 20) => {
  const store = new RunStore(1, 1)
  store.append(history.frame({ now }))
  return store
}
/** Item `name` was claimed at 10, ready at 11, ran from 12 to 15 and was acknowledged from 16 to 18. */
function item(history: History, name: string, pushed: number | null = null): History {
  return history
    .task(name, 'loop')
    .span(name, 'ready', 11, 12)
    .span(name, 'running', 12, 13)
    .span(name, 'suspended', 13, 15)
    .end(name, 'finished', 15)
    .claim(name, 10, pushed)
    .settle(name, 16, 18)
}
const loop = () => new History().lane('loop', 'loop').lane('consumer', 'consumer')
const partsOf = (store: RunStore, task = 0) =>
  wayOf(store, task)!.parts.map(({ kind, from, to, goesOn }) => `${kind} ${from}–${to}${goesOn ? ' …' : ''}`)

describe('the way of an item', () => {
  it('has all of its parts', () => {
    const store = storeOf(item(loop(), 'a', -3))
    expect(partsOf(store)).toEqual([
      'inRedis -3–10',
      'handedOver 10–11',
      'ready 11–12',
      'ran 12–15',
      'told 15–16',
      'settled 16–18',
    ])
    expect(wayOf(store, 0)).toMatchObject({ push: 'known', ahead: 0, suspended: 2, how: 'acknowledged', ended: true })
  })

  it('goes on up to now', () => {
    const open = loop().task('a', 'loop').span('a', 'ready', 11, 12).span('a', 'suspended', 12, null).claim('a', 10)
    expect(partsOf(storeOf(open))).toEqual(['handedOver 10–11', 'ready 11–12', 'ran 12–20 …'])
    const waits = loop().task('a', 'loop').span('a', 'ready', 11, null).claim('a', 10)
    expect(partsOf(storeOf(waits))).toEqual(['handedOver 10–11', 'ready 11–20 …'])
  })

  it('of what was no task has no run', () => {
    const refused = loop()
      .task('a', 'loop')
      .span('a', 'ready', 11, 11)
      .end('a', 'failed', 11)
      .claim('a', 10)
      .settle('a', 12, 13, 'buried')
    expect(partsOf(storeOf(refused))).toEqual(['handedOver 10–11', 'ready 11–11', 'told 11–12', 'settled 12–13'])
  })

  it('says why the push is not known', () => {
    const pushOf = (history: History) => wayOf(storeOf(history), 0)!.push
    expect(pushOf(item(loop(), 'a'))).toBe('none')
    expect(pushOf(item(loop().level(1, 'consumer', 'queue', 3).level(9, 'consumer', 'queue', 0), 'a'))).toBe('emptyBefore')
    expect(pushOf(item(loop().level(1, 'consumer', 'queue', 0).level(9, 'consumer', 'queue', 3), 'a'))).toBe('none')
    expect(pushOf(loop().task('a', 'loop').claim('a', 10, null, 'untimed'))).toBe('untimed')
    const ahead = wayOf(storeOf(item(loop(), 'a', 14)), 0)!
    expect(ahead).toMatchObject({ push: 'ahead', ahead: 4 })
    expect(ahead.parts[0]!.kind).toBe('handedOver')
  })

  it('is none where the task came from no queue, or that was lost', () => {
    expect(wayOf(storeOf(loop().task('a', 'loop')), 0)).toBeNull()
    expect(wayOf(storeOf(loop().task('a', 'loop').settle('a', 1, 2)), 0)).toBeNull()
  })
})

it('the figures are of every item, and leave out what a clock that is ahead says', () => {
  const history = loop()
  const pushes = [9, 8, null, 6, 11]
  for (const [i, pushed] of pushes.entries()) item(history, `t${i}`, pushed)
  history.task('other', 'loop')
  const store = storeOf(history)
  const { journey } = finish(statisticsOf([{ store, now: 20, has: () => true }]))
  expect(journey).toMatchObject({
    ahead: 1,
    inRedis: { count: 3, p50: 2, p95: 4, longest: 4 },
    toStart: { count: 5, p50: 2 },
    toSettled: { count: 5, p99: 3 },
  })
  const none = finish(statisticsOf([{ store, now: 20, has: (task) => task === 5 }]))
  expect(none.journey).toBeNull()
})

it('a store holds what came, however it was cut into frames and ranges', () => {
  const rows = fc.array(fc.tuple(fc.nat(3), fc.nat(2), fc.boolean(), fc.integer({ min: -1e9, max: 1e9 })), { minLength: 1 })
  fc.assert(
    fc.property(rows, fc.nat(60), (made, cut) => {
      const history = loop()
      made.forEach(([gap, at, isTimed, pushed], i) => {
        history.task(`t${i}`, 'loop')
        if (gap > 0) history.claim(`t${i}`, at, isTimed ? pushed / 1e9 : null)
        if (gap > 1) history.settle(`t${i}`, at, at + 1, isTimed ? 'buried' : 'acknowledged')
      })
      const store = new RunStore(1, 1)
      const half = { ...history.lengths(), claims: Math.min(cut, history.rows.claims.length), settlements: 0 }
      store.append(history.frame({ to: half }))
      store.append(history.frame({ from: half }))
      // What comes again is skipped.
      store.append(history.frame({ from: { ...half, claims: 0 } }))
      made.forEach(([gap, at, isTimed, pushed], i) => {
        const journey = store.journeys.of(i)
        if (gap === 0) expect(journey).toBeNull()
        else
          expect(journey).toEqual({
            claimed: at,
            pushed: isTimed ? pushed / 1e9 : Number.NaN,
            envelope: isTimed ? 'timed' : 'none',
            sent: gap > 1 ? at : Number.NaN,
            settled: gap > 1 ? at + 1 : Number.NaN,
            how: gap > 1 ? (isTimed ? 'buried' : 'acknowledged') : null,
          })
      })
    }),
  )
})

it('finds the level of a moment', () => {
  const levels = [1, 2, 2, 5].map((seconds, value) => ({ name: value === 2 ? 'other' : 'queue', value, seconds, lane: 0 }))
  const at = (seconds: number, name?: string) => levelBefore(levels, seconds, name)?.value
  expect([at(0.9), at(1), at(2), at(2, 'queue'), at(4.9, 'other'), at(9, 'queue')]).toEqual([undefined, 0, 2, 1, 2, 3])
})
