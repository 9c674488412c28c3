/** Figures of tasks against sorting and counting them one by one. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ends } from '../../electron/protocol/vocabulary'
import { RunStore } from '../../renderer/model/runStore'
import { histogramOf, nearestRanks, statisticsOf } from '../../renderer/model/statistics'
import { finish } from '../../renderer/model/steps'
import { million, syntheticFrames } from '../support/syntheticRun'

/** The definition, word for word. */
function naiveRank(values: readonly number[], percent: number): number {
  return Math.min(...values.filter((value) => values.filter((other) => other <= value).length * 100 >= percent * values.length))
}

const times = fc.oneof(
  fc.double({ min: 0, max: 10, noNaN: true }),
  fc.double({ min: -9, max: 4, noNaN: true }).map((power) => 10 ** power),
  fc.constant(0),
)
const rank = (values: readonly number[], ...shares: number[]) => finish(nearestRanks(Float64Array.from(values), shares))
const histogram = (values: readonly number[]) => finish(histogramOf(Float64Array.from(values)))

test('a percentile is the smallest measured value that so many do not exceed', () => {
  fc.assert(
    fc.property(fc.array(times, { minLength: 1, maxLength: 120 }), (values) => {
      expect(rank(values, 0.5, 0.95, 0.99)).toEqual([50, 95, 99].map((percent) => naiveRank(values, percent)))
    }),
  )
  expect(rank([3], 0.5, 0.95, 0.99)).toEqual([3, 3, 3])
  expect(
    rank(
      Array.from({ length: 100 }, (_, i) => 100 - i),
      0.5,
      0.95,
      0.99,
    ),
  ).toEqual([50, 95, 99])
})

describe('a histogram', () => {
  test('has each time in one bin, in few bins whose edges rise', () => {
    fc.assert(
      fc.property(fc.array(times, { minLength: 1, maxLength: 200 }), (values) => {
        const { edges, counts } = histogram(values)
        expect(edges).toHaveLength(counts.length + 1)
        expect(counts.length).toBeLessThanOrEqual(22)
        edges.forEach((edge, i) => {
          if (i > 0) expect(edge).toBeGreaterThan(edges[i - 1]!)
        })
        counts.forEach((count, i) => {
          const isIn = (value: number) => (i === 0 || value >= edges[i]!) && (i === counts.length - 1 || value < edges[i + 1]!)
          expect(count).toBe(values.filter(isIn).length)
        })
        expect(Math.max(...values)).toBeLessThanOrEqual(edges[edges.length - 1]!)
      }),
    )
  })
  test('is even where times are alike, and grows with them where they are not', () => {
    expect(histogram([1, 1.5, 2, 2.9]).edges.slice(0, 3)).toEqual([1, 1.2, 1.4])
    expect(histogram([0.001, 0.003, 0.2]).edges).toEqual([0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5])
    expect(histogram([0, 0, 0]).counts).toEqual([3])
  })
})

test('counts and percentiles of a run are those of its table', () => {
  const store = new RunStore(1, 1)
  for (const frame of syntheticFrames({ ...million, spans: 20_000, lanes: 4, failing: 0.1 })) store.append(frame)
  const has = (task: number) => task % 3 !== 0
  const found = finish(statisticsOf([{ store, now: store.now, has }]))
  const rows = Array.from({ length: store.taskCount }, (_, task) => store.task(task)).filter(({ index }) => has(index))
  expect(found.tasks).toBe(rows.length)
  for (const end of ends) expect(found.ends[end]).toBe(rows.filter((row) => row.end === end).length)
  const waited = rows.map((row) => row.waited!)
  expect(found.waited).toMatchObject({ count: waited.length, p95: naiveRank(waited, 95), longest: Math.max(...waited) })
  expect(found.ran!.p50).toBe(
    naiveRank(
      rows.map((row) => row.ran),
      50,
    ),
  )
})
