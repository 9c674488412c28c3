import { beforeEach, expect, test } from 'vitest'
import { LineGuard } from '../../electron/channels/lineGuard'

let guard: LineGuard
let time: number
beforeEach(() => {
  time = 0
  guard = new LineGuard(() => time)
})
const ack = { type: 'ack', sequence: 1 }

test('what a busy page sends goes through for ever', () => {
  for (let second = 0; second < 600; second++) {
    for (let n = 0; n < 200; n++) {
      time += 5
      expect(guard.take(ack)).toEqual({ ok: true, value: ack })
    }
    expect(guard.mayRefuseMore()).toBe(true)
  }
})

test('a flood of right commands closes the line', () => {
  const answers = Array.from({ length: 2001 }, () => guard.take(ack))
  expect(answers.indexOf(null)).toBe(2000)
})

test('a thousand refusals close the line', () => {
  const answers = Array.from({ length: 1001 }, () => guard.mayRefuseMore())
  expect(answers.indexOf(false)).toBe(1000)
})

test('the whole history is not sent as often as somebody likes', () => {
  const attach = { type: 'attach' }
  const taken = Array.from({ length: 11 }, () => guard.take(attach)!)
  expect(taken.map(({ ok }) => ok)).toEqual([...Array(10).fill(true), false])
  expect(taken[10]).toEqual({ ok: false, problem: 'attach: asked for too often; nothing new was sent.' })
  expect(guard.take(ack)).toMatchObject({ ok: true })
  time += 1000
  expect(guard.take(attach)).toMatchObject({ ok: true })
})
