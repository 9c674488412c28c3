/** The tree of a row against looking at every item, through appending, closing, ending and taking back. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { endCode, stateCode } from '../../electron/protocol/vocabulary'
import {
  bitsOf,
  endBit,
  fanOut,
  type Items,
  inChunk,
  isMoment,
  lookOf,
  momentOf,
  noState,
  SpanTree,
  stateBit,
  stateCount,
  stateOfLook,
  taskOfMoment,
} from '../../renderer/model/spanTree'

interface Item {
  start: number
  end: number
  look: number
}

/** Items by time, none overlapping; ends may be open (Infinity) at the last. */
class Row implements Items {
  readonly items: Item[] = []
  readonly tree = new SpanTree(this)
  startOf = (item: number) => this.items[item]!.start
  endOf = (item: number) => this.items[item]!.end
  lookOf = (item: number) => this.items[item]!.look

  push(gap: number, long: number, look: number): void {
    const last = this.items.at(-1)
    if (last?.end === Infinity) this.close(last.start + 1)
    const start = (this.items.at(-1)?.end ?? 0) + gap
    this.tree.push(this.items.push({ start, end: start + long, look }) - 1)
  }

  close(end: number): void {
    const position = this.items.length - 1
    this.items[position]!.end = end
    this.tree.changed(position)
  }
}

const looks = fc
  .tuple(fc.integer({ min: 0, max: stateCount - 1 }), fc.oneof({ weight: 9, arbitrary: fc.constant(null) }, fc.nat(4)))
  .map(([state, end]) => lookOf(state, end))
const lengths = fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1, noNaN: true }), fc.constant(Infinity))
const changes = fc.array(
  fc.oneof(
    fc.record({
      kind: fc.constant('push' as const),
      gap: fc.double({ min: 0, max: 1, noNaN: true }),
      long: lengths,
      look: looks,
      times: fc.integer({ min: 1, max: 200 }),
    }),
    fc.record({ kind: fc.constant('close' as const) }),
    fc.record({
      kind: fc.constant('end' as const),
      share: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
      look: looks,
    }),
    fc.record({ kind: fc.constant('truncate' as const), share: fc.double({ min: 0, max: 1, noNaN: true }) }),
  ),
  { minLength: 1, maxLength: 12 },
)

/** A row after any such changes, with the tree brought up to date after each. */
const rows = changes.map((list) => {
  const row = new Row()
  for (const change of list) {
    const { items, tree } = row
    if (change.kind === 'push')
      for (let i = 0; i < change.times; i++)
        row.push(change.gap, change.long === Infinity && i < change.times - 1 ? 0.1 : change.long, change.look)
    else if (change.kind === 'close' && items.at(-1)?.end === Infinity) row.close(items.at(-1)!.start + 0.5)
    else if (change.kind === 'end' && items.length > 0) {
      const position = Math.floor(change.share * items.length)
      items[position]!.look = change.look
      tree.changed(position)
    } else if (change.kind === 'truncate') {
      tree.truncate(Math.floor(change.share * items.length))
      items.length = tree.length
    }
    tree.refresh()
  }
  return row
})

const bits = fc.constantFrom(
  endBit(endCode.failed),
  endBit(endCode.killed) | endBit(endCode.cancelled),
  stateBit(stateCode.ready),
)
const share = fc.double({ min: -0.1, max: 1.1, noNaN: true })
const moment = ({ items }: Row, at: number) => at * ((items.at(-1)?.start ?? 0) + 1)
const has = (item: Item, wanted: number) => (bitsOf[item.look]! & wanted) !== 0

describe('the tree of a row', () => {
  test('knows of each node what is in it', () => {
    fc.assert(
      fc.property(rows, ({ items, tree }) => {
        expect(tree.levels.length === 0).toBe(items.length <= fanOut)
        tree.levels.forEach((level, index) => {
          const size = fanOut ** (index + 1)
          expect(level.length).toBe(Math.ceil(items.length / size))
          for (let node = 0; node < level.length; node++) {
            const own = items.slice(node * size, (node + 1) * size)
            const chunk = level.chunkOf(node)
            const at = inChunk(node)
            expect([chunk.start[at], chunk.end[at], chunk.bits[at]]).toEqual([
              own[0]!.start,
              Math.max(...own.map(({ end }) => end)),
              own.reduce((all, { look }) => all | bitsOf[look]!, 0),
            ])
            for (let code = 0; code < stateCount; code++) {
              const closed = own.filter(({ look, end }) => stateOfLook(look) === code && end !== Infinity)
              const sum = closed.reduce((total, { start, end }) => total + end - start, 0)
              expect(chunk.sums[at * stateCount + code]).toBeCloseTo(sum, 3)
            }
          }
        })
        expect(tree.levels.at(-1)?.length ?? 0).toBeLessThanOrEqual(fanOut)
      }),
    )
  })

  test('finds an item, the first that lasts until a time, and those between two times', () => {
    fc.assert(
      fc.property(rows, share, share, (row, a, b) => {
        const { items, tree } = row
        items.forEach((_, position) => {
          expect(tree.find(position)).toBe(position)
        })
        const [from, to] = [moment(row, a), moment(row, b)].sort((x, y) => x - y) as [number, number]
        const first = items.findIndex(({ end }) => end >= from)
        expect(tree.firstUntil(from)).toBe(first < 0 ? items.length : first)
        const touching = items.flatMap(({ start, end }, i) => (end >= from && start <= to ? [i] : []))
        expect([...tree.between(from, to)]).toEqual(touching)
      }),
    )
  })

  test('finds the next and the previous with a word from anywhere', () => {
    fc.assert(
      fc.property(rows, fc.nat(2000), bits, ({ items, tree }, from, wanted) => {
        const next = items.findIndex((item, i) => i >= from && has(item, wanted))
        expect(tree.next(from, wanted)).toBe(next < 0 ? items.length : next)
        expect(tree.previous(from, wanted)).toBe(
          items.slice(0, from).reduce((last, item, i) => (has(item, wanted) ? i : last), -1),
        )
      }),
    )
  })

  test('sums up what each state took between two times', () => {
    fc.assert(
      fc.property(rows, share, share, (row, a, b) => {
        const [from, to] = [moment(row, a), moment(row, b)].sort((x, y) => x - y) as [number, number]
        const now = moment(row, 1) + 5
        const { seconds, count } = row.tree.sum(from, to, now)
        const touching = row.items.filter(({ start, end }) => end >= from && start <= to)
        expect(count).toBe(touching.length)
        for (let code = 0; code < stateCount; code++) {
          const own = touching.filter(({ look }) => stateOfLook(look) === code)
          const sum = own.reduce(
            // What is open has come as far as now, which may be before all that is looked at.
            (all, { start, end }) => all + Math.max(0, Math.min(end === Infinity ? now : end, to) - Math.max(start, from)),
            0,
          )
          expect(seconds[code]).toBeCloseTo(sum, 3)
        }
      }),
    )
  })

  test('looks at few items to find one among many', () => {
    const row = new Row()
    for (let i = 0; i < 100_000; i++) row.push(0.1, 0.1, lookOf(stateCode.running, i === 77_777 ? endCode.failed : null))
    row.tree.refresh()
    let asked = 0
    const lookOfItem = row.lookOf
    row.lookOf = (item) => {
      asked++
      return lookOfItem(item)
    }
    expect(row.tree.next(0, endBit(endCode.failed))).toBe(77_777)
    expect(row.tree.previous(100_000, endBit(endCode.failed))).toBe(77_777)
    expect(asked).toBeLessThan(8 * 2 * fanOut)
  })
})

test('a task that did nothing is an item of its own', () => {
  expect(taskOfMoment(momentOf(5))).toBe(5)
  expect([isMoment(momentOf(0)), isMoment(2 ** 31 - 1)]).toEqual([true, false])
  expect(bitsOf[lookOf(noState, endCode.failed)]).toBe(endBit(endCode.failed))
})
