import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ViewState } from '../../renderer/model/timeView'
import { ViewHistory } from '../../renderer/model/viewHistory'

const view = (t0: number): ViewState => ({ t0, t1: t0 + 1, automatic: false })

test('steps back through the views that were left, and forward again', () => {
  const history = new ViewHistory()
  history.leave(view(0), 0)
  history.leave(view(1), 1000)
  expect(history.back(view(2))).toEqual(view(1))
  expect(history.back(view(1))).toEqual(view(0))
  expect(history.back(view(0))).toBeNull()
  expect(history.forward(view(0))).toEqual(view(1))
  expect(history.forward(view(1))).toEqual(view(2))
  expect(history.forward(view(2))).toBeNull()
})

test('moves that follow one another at once are one step: a turn of the wheel, a drag, a key held down', () => {
  const history = new ViewHistory()
  for (let i = 0; i < 20; i++) history.leave(view(i), i * 50)
  expect(history.back(view(20))).toEqual(view(0))
  expect(history.back(view(0))).toBeNull()
})

test('a move after a step back forgets what was forward, and is a step of its own', () => {
  const history = new ViewHistory()
  history.leave(view(0), 0)
  expect(history.back(view(1))).toEqual(view(0))
  history.leave(view(0), 10)
  expect(history.forward(view(5))).toBeNull()
  expect(history.back(view(5))).toEqual(view(0))
})

test('as many steps back as forward come to the same view, however far', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 300 }), fc.nat(300), (moves, steps) => {
      const history = new ViewHistory()
      let now = view(0)
      for (let i = 1; i <= moves; i++) {
        history.leave(now, i * 1000)
        now = view(i)
      }
      const last = now
      let taken = 0
      for (; taken < steps; taken++) {
        const before = history.back(now)
        if (!before) break
        now = before
      }
      expect(taken).toBe(Math.min(steps, moves, 100))
      for (; taken > 0; taken--) now = history.forward(now)!
      expect(now).toEqual(last)
    }),
  )
})
