import { expect, it } from 'vitest'
import { ColumnList } from '../../electron/engine/columns'

it.each([false, true])(
  'keeps every row over its small first chunk, its doublings and the chunks after; in slices: %s',
  (bySlices) => {
    const list = new ColumnList('closings')
    const count = 200_001
    const slice = (first: number, rows: number) => {
      const span = Uint32Array.from({ length: rows }, (_, i) => first + i)
      return { first, count: rows, columns: { span, end: Float64Array.from(span, (i) => i / 2) } }
    }
    // One by one, and in slices over all that borders.
    while (list.length < count) {
      const first = list.length
      if (!bySlices || first % 7 === 0) expect(list.push({ end: first / 2, span: first })).toBe(first)
      else list.append(slice(first, Math.min(count - first, 1 + ((first * 7919) % 30_000))))
    }
    expect(() => list.append(slice(count + 1, 1))).toThrow('rows from 200002 on do not follow 200001')
    list.set('end', 300, -1)
    list.set('end', 70_000, -2)
    for (const [first, rows] of [
      [0, 1],
      [0, count],
      [250, 20],
      [65_530, 10],
      [131_000, 70_000],
    ] as const) {
      const slice = list.slice(first, rows)
      expect(slice).toMatchObject({ first, count: Math.min(rows, count - first) })
      const wanted = Array.from({ length: slice.count }, (_, i) => first + i)
      expect([...slice.columns.span]).toEqual(wanted)
      expect([...slice.columns.end]).toEqual(wanted.map((i) => (i === 300 ? -1 : i === 70_000 ? -2 : i / 2)))
    }
    expect(list.get('span', 255)).toBe(255)
    expect(list.get('span', 200_000)).toBe(200_000)
  },
)

it('takes little memory for a small list', () => {
  const before = process.memoryUsage().arrayBuffers
  const lists = Array.from({ length: 20 }, () => new ColumnList('spans'))
  for (const list of lists) list.push({ start: 0, end: 0, task: 0, label: 0, lane: 0, state: 0 })
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1e6)
  expect(lists).toHaveLength(20)
})
