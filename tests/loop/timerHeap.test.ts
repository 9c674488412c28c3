import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Timer, TimerHeap } from '../../electron/loop/timerHeap'

it('gives timers by deadline, equal ones in order of insertion, cancelled ones never', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ deadline: fc.nat(20), cancelled: fc.boolean() })), (given) => {
      const heap = new TimerHeap()
      const timers: Timer[] = given.map(({ deadline, cancelled }, order) => ({ deadline, order, cancelled: () => cancelled }))
      for (const timer of timers) heap.push(timer)
      const popped: Timer[] = []
      for (let timer = heap.popDue(Number.POSITIVE_INFINITY); timer; timer = heap.popDue(Number.POSITIVE_INFINITY))
        popped.push(timer)
      const wanted = timers.filter((t) => !t.cancelled()).sort((a, b) => a.deadline - b.deadline || a.order - b.order)
      expect(popped).toEqual(wanted)
    }),
  )
})

it('keeps a timer back until its deadline', () => {
  const heap = new TimerHeap()
  heap.push({ deadline: 10, order: 0, cancelled: () => false })
  expect(heap.popDue(9)).toBeUndefined()
  expect(heap.popDue(10)).toBeDefined()
})
