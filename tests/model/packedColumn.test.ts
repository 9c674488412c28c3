import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PackedColumn } from '../../renderer/model/packedColumn'

const near = fc.integer({ min: -300, max: 300 })
const far = fc.oneof(
  fc.integer({ min: 0, max: 2 ** 32 }),
  fc.integer({ min: -(2 ** 52), max: 2 ** 52 }),
  fc.double({ noNaN: true }),
  fc.constant(Number.NaN),
  fc.constant(0xffffffff),
)
const value = fc.oneof({ weight: 30, arbitrary: near }, { weight: 1, arbitrary: far })
const change = fc.tuple(fc.nat(), value)

test.each([
  ['NaN', Number.NaN],
  ['none', 0xffffffff],
  ['0', 0],
])('gives back what was put in, whatever it is (missing: %s)', (_name, missing) => {
  fc.assert(
    fc.property(fc.nat(2), fc.array(value, { minLength: 1, maxLength: 300 }), fc.array(change), (narrowest, values, changes) => {
      const column = new PackedColumn(narrowest, missing)
      const expected = values.map((one) => (Number.isNaN(one) ? missing : one))
      for (const one of expected) column.push(one)
      for (const [at, one] of changes) {
        const [index, put] = [at % expected.length, Number.isNaN(one) ? missing : one]
        column.set(index, put)
        expected[index] = put
      }
      expect(expected.map((_, i) => column.get(i) + 0)).toEqual(expected.map((one) => one + 0))
      expect(column.length).toBe(expected.length)
    }),
  )
})

test('ten thousand times half a millisecond apart take four bytes each, and a late one only its chunk more', () => {
  const column = new PackedColumn(2, Number.NaN)
  for (let i = 0; i < 10_000; i++) column.push(1e12 + i * 5e5)
  expect(column.bytes).toBe(3 * 4096 * 4)
  column.set(5000, 1)
  expect(column.bytes).toBe(4 * 4096 * 4)
  expect([4999, 5000, 5001, 9999].map((i) => column.get(i))).toEqual([1e12 + 4999 * 5e5, 1, 1e12 + 5001 * 5e5, 1e12 + 9999 * 5e5])
})

test('what rises by little stays in a byte', () => {
  const column = new PackedColumn(0, 0xffffffff)
  for (let i = 0; i < 4096; i++) column.push(i % 5 === 0 ? 0xffffffff : 1000 + (i % 150))
  expect(column.bytes).toBe(4096)
})
