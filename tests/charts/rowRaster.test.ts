/** The columns of a row from its tree against looking at every span: exactly, and while the view moves within what `rowRaster.ts` promises. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { stateCode } from '../../electron/protocol/vocabulary'
import { type Axis, column, position } from '../../renderer/charts/axis'
import { endOfWide } from '../../renderer/charts/cells'
import { GrownRows } from '../../renderer/charts/grownRows'
import { RowRaster, work } from '../../renderer/charts/rowRaster'
import { RunStore } from '../../renderer/model/runStore'
import { allStates, bitsOf, fanOut, stateBit, stateCount } from '../../renderer/model/spanTree'
import { History } from '../support/frames'
import { million, syntheticFrames } from '../support/syntheticRun'

const width = 300
const narrow = 6

interface Seen {
  readonly bits: Uint16Array
  readonly time: Float64Array
  readonly wide: readonly number[]
}

/** What each column must show, from every item of the first row. */
function linear(store: RunStore, axis: Axis, now: number): Seen {
  const { tree } = store.subRows[0]!.rows[0]!
  const bits = new Uint16Array(width)
  const time = new Float64Array(width * stateCount)
  const wide: number[] = []
  for (let i = 0; i < tree.length; i++) {
    const item = tree.items.get(i)
    const [start, end] = [store.items.startOf(item), store.items.endAt(item, now)]
    const x0 = column(axis, start)
    const x1 = Math.max(x0 + 1, column(axis, end))
    const words = bitsOf[store.items.lookOf(item)]!
    if (x1 > 0 && x1 <= width) bits[x1 - 1]! |= words & ~allStates
    if (x1 - x0 >= narrow && store.items.spanOf(item) !== null) {
      if (x1 > 0 && x0 < width) wide.push(i)
      continue
    }
    for (let c = Math.max(0, x0); c < Math.min(width, x1); c++) {
      bits[c]! |= words & allStates
      const share = Math.min(position(axis, end), c + 0.5) - Math.max(position(axis, start), c - 0.5)
      for (let code = 0; code < stateCount; code++) if (words & (1 << code)) time[c * stateCount + code]! += Math.max(0, share)
    }
  }
  return { bits, time, wide }
}

const raster = new RowRaster()
function walked(store: RunStore, axis: Axis, now: number, tolerance: number): Seen {
  const { tree } = store.subRows[0]!.rows[0]!
  raster.walk(store, tree, { axis, left: 0, right: width, now, narrow, tolerance })
  const bits = raster.cells.bits.map((words) => words & ~endOfWide)
  return { bits, time: raster.cells.time, wide: raster.wide }
}

const ends = ['finished', 'failed', 'cancelled', 'killed'] as const
const states = ['running', 'sleeping', 'waiting', 'suspended', 'ready', 'created'] as const
/** Many short tasks with a few long ones, in frames; the last may go on. Some end without ever doing anything. */
const stores = fc
  .record({
    tasks: fc.array(
      fc.record({
        gap: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 0.05, noNaN: true })),
        long: fc.array(
          fc.oneof(fc.constant(0), fc.double({ min: 0, max: 0.05, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })),
          {
            maxLength: 3,
          },
        ),
        end: fc.nat(3),
        state: fc.nat(5),
      }),
      { minLength: 1, maxLength: 60 },
    ),
    cut: fc.double({ min: 0, max: 1, noNaN: true }),
    goesOn: fc.boolean(),
  })
  .map(({ tasks, cut, goesOn }) => {
    const history = new History().lane('thread', 'thread')
    let at = 0
    tasks.forEach(({ gap, long, end, state }, i) => {
      at += gap
      history.task(`t${i}`, 'thread')
      for (const [step, length] of long.entries()) {
        history.span(`t${i}`, states[(state + step) % 6]!, at, at + length)
        at += length
      }
      history.end(`t${i}`, ends[end]!, at)
    })
    if (goesOn) history.task('last', 'thread').span('last', 'running', at, null)
    const store = new RunStore(1, 1)
    const all = history.lengths()
    const to = { ...all, spans: Math.floor(all.spans! * cut), ends: Math.floor(all.ends! * cut) }
    store.append(history.frame({ to }))
    store.append(history.frame({ now: at + 0.5 }))
    return { store, total: at }
  })
  .filter(({ store }) => store.subRows[0]!.rows.length === 1)
const views = fc.record({
  from: fc.double({ min: -0.2, max: 0.9, noNaN: true }),
  share: fc.double({ min: 0.001, max: 1.2, noNaN: true }),
})

const axisOf = (total: number, { from, share }: { from: number; share: number }): Axis => ({
  t0: from * total,
  t1: (from + share) * total + 1e-6,
  left: 0,
  right: width,
})

describe('the columns of a row', () => {
  test('are exactly those of every single span', () => {
    fc.assert(
      fc.property(stores, views, ({ store, total }, view) => {
        const axis = axisOf(total, view)
        const [seen, expected] = [walked(store, axis, store.now, 0), linear(store, axis, store.now)]
        expect([...seen.bits]).toEqual([...expected.bits])
        expect(seen.wide).toEqual(expected.wide)
        seen.time.forEach((pixels, i) => {
          expect(Math.abs(pixels - expected.time[i]!)).toBeLessThan(1e-3)
        })
      }),
      { numRuns: 150 },
    )
  })

  test('while the view moves lose nothing, and gain only what is beside them', () => {
    fc.assert(
      fc.property(stores, views, fc.constantFrom(1, 2), ({ store, total }, view, tolerance) => {
        const axis = axisOf(total, view)
        const [seen, expected] = [walked(store, axis, store.now, tolerance), linear(store, axis, store.now)]
        seen.bits.forEach((bits, c) => {
          expect(bits & expected.bits[c]!).toBe(expected.bits[c]!)
          const within = (reach: number) =>
            Array.from({ length: 2 * reach + 1 }, (_, i) => expected.bits[c - reach + i] ?? 0xffff).reduce(
              (all, one) => all | one,
              0,
            )
          expect(bits & ~within(tolerance)).toBe(0)
          // Whatever is painted has a span in the column or beside it.
          if ((bits & allStates) !== 0) expect(within(1) & allStates).not.toBe(0)
        })
      }),
      { numRuns: 150 },
    )
  })
})

/** A live run: what is known of it at some moments. Spans are seen open before they close; a lane may have several rows. */
const growing = fc
  .record({
    tasks: fc.array(
      fc.record({
        gap: fc.double({ min: -0.3, max: 0.1, noNaN: true }),
        long: fc.array(fc.double({ min: 0, max: 0.6, noNaN: true }), { maxLength: 4 }),
        end: fc.nat(3),
        state: fc.nat(5),
        late: fc.boolean(),
      }),
      { minLength: 1, maxLength: 40 },
    ),
    looks: fc.array(fc.nat(4), { minLength: 1, maxLength: 60 }),
  })
  .map(({ tasks, looks }) => {
    const history = new History().lane('thread', 'thread')
    const known: { readonly to: ReturnType<History['lengths']>; readonly now: number }[] = []
    let at = 0
    let now = 0
    const know = () => {
      now = Math.max(now, at)
      known.push({ to: history.lengths(), now })
    }
    // Of some tasks the end is heard of only after the next has begun.
    let late = () => undefined as unknown
    tasks.forEach(({ gap, long, end, state, ...task }, i) => {
      at = Math.max(0, at + gap)
      history.task(`t${i}`, 'thread')
      for (const [step, length] of long.entries()) {
        history.span(`t${i}`, states[(state + step) % 6]!, at, null)
        know()
        at += length
        if (step < long.length - 1) history.close(`t${i}`, at)
      }
      late()
      const ended = at
      late = () => {
        know()
        if (long.length > 0) history.close(`t${i}`, ended)
        know()
        history.end(`t${i}`, ends[end]!, ended)
        know()
      }
      if (task.late) return
      late()
      late = () => undefined
    })
    late()
    return { history, known: known.filter((_, i) => looks[i % looks.length]! === 0 || i === known.length - 1) }
  })

/** On the border of two columns it depends on the last bit of a number in which one it is. */
const standsOnBorder = ({ rows: { spans, closings, ends: over } }: History, axis: Axis) =>
  [...spans.map(({ start }) => start), ...closings.map(({ end }) => end), ...over.map(({ time }) => time)].some((time) => {
    const x = position(axis, time / 1e9)
    return Math.abs(x - Math.floor(x) - 0.5) < 1e-6
  })

describe('of a run that grows and is followed', () => {
  test.each([0, 2])('what was drawn before and moved is what a new walk would find, at tolerance %d', (tolerance) => {
    fc.assert(
      fc.property(growing, fc.constantFrom(0.5, 2, 30), ({ history, known }, length) => {
        const store = new RunStore(1, 1)
        const grown = new GrownRows()
        for (const { to, now } of known) {
          store.append(history.frame({ to, now }))
          const t0 = (Math.round(((now - 0.96 * length) * width) / length) * length) / width
          const axis = { t0, t1: t0 + length, left: 0, right: width }
          fc.pre(!standsOnBorder(history, axis))
          for (const { tree } of store.subRows[0]!.rows) {
            const view = { axis, left: 0, right: width, now, narrow, tolerance }
            grown.walk(raster, store, tree, view)
            const kept = { bits: raster.cells.bits.slice(), time: raster.cells.time.slice(), wide: [...raster.wide] }
            raster.walk(store, tree, { ...view, tolerance: 0 })
            const { bits, time } = raster.cells
            expect(kept.wide).toEqual(raster.wide)
            if (tolerance === 0) {
              expect([...kept.bits]).toEqual([...bits])
              kept.time.forEach((pixels, i) => {
                expect(Math.abs(pixels - time[i]!)).toBeLessThan(1e-3)
              })
            } else {
              bits.forEach((has, c) => {
                expect(kept.bits[c]! & has & ~endOfWide).toBe(has & ~endOfWide)
              })
            }
          }
        }
      }),
      { numRuns: 25 },
    )
  })

  test('only what is new is looked at', () => {
    const frames = [...syntheticFrames({ ...million, spans: 100_000, lanes: 1, failing: 0.01 })]
    const store = new RunStore(1, 1)
    const grown = new GrownRows()
    let touched = 0
    for (const frame of frames) {
      store.append(frame)
      const length = store.now / 4
      const axis = { t0: store.now - length, t1: store.now, left: 0, right: width }
      for (const again of [false, true]) {
        const before = work.touched
        for (const { tree } of store.subRows[0]!.rows) {
          grown.walk(raster, store, tree, { axis, left: 0, right: width, now: store.now, narrow, tolerance: 0 })
        }
        if (again) touched = Math.max(touched, (work.touched - before) / store.subRows[0]!.rows.length)
      }
    }
    expect(touched).toBeLessThan(100)
  })
})

describe('of a hundred thousand spans', () => {
  const store = new RunStore(1, 1)
  for (const frame of syntheticFrames({ ...million, spans: 100_000, lanes: 1, failing: 0.01 })) store.append(frame)
  const total = store.now
  const shares = [1, 0.3, 0.05, 0.003]

  test.each(shares)('the columns are exact at %d of the run, and while it moves nearly', (share) => {
    const axis = axisOf(total, { from: 0.4 * (1 - share), share })
    const expected = linear(store, axis, total)
    const exact = walked(store, axis, total, 0)
    expect([...exact.bits]).toEqual([...expected.bits])
    expect(exact.wide).toEqual(expected.wide)
    const shown = [...exact.bits].map((bits) => bits & allStates)
    expect(shown.filter((bits) => bits & stateBit(stateCode.suspended)).length).toBeGreaterThan(0)
    const moving = walked(store, axis, total, 0.5)
    expect([...expected.bits].every((bits, c) => (moving.bits[c]! & bits) === bits)).toBe(true)
  })

  test.each(shares)('few nodes are looked at for a column at %d of the run', (share) => {
    const axis = axisOf(total, { from: 0.4 * (1 - share), share })
    for (const [tolerance, most] of [
      [0, 4 * fanOut],
      [0.5, 20],
    ] as const) {
      const before = work.touched
      walked(store, axis, total, tolerance)
      expect((work.touched - before) / width).toBeLessThan(most)
    }
  })
})
