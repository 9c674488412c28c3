import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Timer, TimerHeap } from '../../electron/loop/timerHeap'

interface Given extends Timer {
  readonly deadline: number
  readonly order: number
}
const popAll = (heap: TimerHeap<Given>, now: number): Given[] => {
  const popped: Given[] = []
  for (let timer = heap.popDue(now); timer; timer = heap.popDue(now)) popped.push(timer)
  return popped
}

it('gives timers by deadline, equal ones in order of insertion, cancelled ones never', () => {
  const timers = fc.array(fc.record({ deadline: fc.nat(50), isCancelled: fc.boolean() }), { maxLength: 200 })
  fc.assert(
    fc.property(fc.array(fc.record({ timers, now: fc.nat(60) }), { maxLength: 4 }), (rounds) => {
      const heap = new TimerHeap<Given>()
      let waiting: Given[] = []
      let order = 0
      for (const round of [...rounds, { timers: [], now: Number.POSITIVE_INFINITY }]) {
        for (const { deadline, isCancelled } of round.timers) {
          const timer = { deadline, order: order++, cancelled: () => isCancelled }
          heap.push(timer, deadline)
          waiting.push(timer)
        }
        waiting = waiting.filter((timer) => !timer.cancelled())
        expect(heap.nextDeadline).toBe(Math.min(...waiting.map(({ deadline }) => deadline)))
        const due = waiting.filter(({ deadline }) => deadline <= round.now)
        waiting = waiting.filter(({ deadline }) => deadline > round.now)
        expect(popAll(heap, round.now)).toEqual(due.sort((a, b) => a.deadline - b.deadline || a.order - b.order))
      }
    }),
  )
})

it('keeps a timer back until its deadline', () => {
  const heap = new TimerHeap()
  heap.push({ cancelled: () => false }, 10)
  expect(heap.popDue(9)).toBeUndefined()
  expect(heap.popDue(10)).toBeDefined()
})
