import { describe, expect, it } from 'vitest'
import { type Handle, LoopCore } from '../../electron/loop/core'
import type { ThreadContext } from '../../electron/threads/context'

const newLoop = () => {
  const printed: string[] = []
  const context = { speed: 1, writer: { now: () => performance.now() * 1e6 }, output: (text: string) => printed.push(text) }
  return { printed, loop: new LoopCore(context as unknown as ThreadContext) }
}
const hold = (millis: number) => {
  const end = performance.now() + millis
  while (performance.now() < end);
}

describe('the loop itself', () => {
  it('does not run a timer that was cancelled when it was due already', async () => {
    const { loop } = newLoop()
    const ran: string[] = []
    const handles: Handle[] = []
    loop.callLater(0.001, () => {
      ran.push('first')
      handles[0]!.cancel()
    })
    handles.push(loop.callLater(0.002, () => ran.push('second')))
    loop.callSoon(() => hold(10))
    loop.callLater(0.02, () => loop.stop())
    await loop.runForever()
    expect(ran).toEqual(['first'])
  })

  it('makes one turn where it was stopped before it ran, as asyncio', async () => {
    const { loop } = newLoop()
    const ran: string[] = []
    loop.callSoon(() => {
      ran.push('this turn')
      loop.callSoon(() => ran.push('next turn'))
    })
    loop.stop()
    await loop.runForever()
    expect(ran).toEqual(['this turn'])
    loop.callSoon(() => loop.stop())
    await loop.runForever()
    expect(ran).toEqual(['this turn', 'next turn'])
  })

  it('never runs a timer early, however many turns it makes', async () => {
    const { loop } = newLoop()
    const early: number[] = []
    let left = 20
    const timer = () => {
      const due = performance.now() + 3
      loop.callLater(0.003, () => {
        if (performance.now() < due) early.push(due - performance.now())
        if (--left === 0) loop.stop()
        else timer()
      })
    }
    const turn = () => loop.callSoon(turn)
    timer()
    turn()
    await loop.runForever()
    expect(early).toEqual([])
  })

  it('goes on with its turn after a callback has thrown', async () => {
    const { loop, printed } = newLoop()
    loop.callSoon(() => {
      throw new TypeError('no')
    })
    loop.callSoon(() => loop.stop())
    await loop.runForever()
    expect(printed).toEqual(['Exception in callback: TypeError: no'])
  })

  it('does not run twice at once', () => {
    const { loop } = newLoop()
    const over = loop.runForever()
    expect(() => loop.runForever()).toThrow('This event loop is already running')
    loop.stop()
    return over
  })
})
