import { expect, test } from 'vitest'
import { Allowance } from '../../electron/channels/allowance'

test('so many at once, then so many a second, and never more saved up than the burst', () => {
  let time = 0
  const allowance = new Allowance(3, 2, () => time)
  const taken = () => {
    let count = 0
    while (allowance.take()) count++
    return count
  }
  expect(taken()).toBe(3)
  time += 499
  expect(taken()).toBe(0)
  time += 1
  expect(taken()).toBe(1)
  time += 1_000_000
  expect(taken()).toBe(3)
})
