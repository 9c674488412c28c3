import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FreeTimes } from '../../renderer/model/freeTimes'

const time = fc.oneof(fc.constant(Infinity), fc.constant(-Infinity), fc.integer({ min: 0, max: 20 }))
const step = fc.record({ row: fc.nat(40), time })

test('the first row that is free is the one that looking at all of them finds', () => {
  fc.assert(
    fc.property(fc.array(time, { maxLength: 10 }), fc.array(step, { maxLength: 60 }), fc.array(time), (begin, steps, asked) => {
      const rows = [...begin]
      const free = new FreeTimes(begin)
      for (const one of steps) {
        if (one.row < rows.length) {
          rows[one.row] = one.time
          free.set(one.row, one.time)
        } else {
          rows.push(one.time)
          free.push(one.time)
        }
      }
      // Nobody asks who is free at the end of all times: a row that goes on is not.
      for (const at of asked.filter((one) => one !== Infinity)) expect(free.first(at)).toBe(rows.findIndex((row) => row <= at))
    }),
  )
})
