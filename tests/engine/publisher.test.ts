import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeFrame, type Frame } from '#protocol/frame'
import type { RunId } from '#protocol/messages'
import { History } from '../../electron/engine/history'
import { Publisher } from '../../electron/engine/publisher'
import type { Run } from '../../electron/engine/run'

const stubRun = (history: History, isOver = false) =>
  ({ id: 1 as RunId, zero: 0, isOver, history, now: () => 5 }) as unknown as Run
const decoded = (bytes: Uint8Array): Frame => {
  const frame = decodeFrame(bytes)
  if (!frame.ok) throw new Error(frame.problem)
  return frame.value
}

describe('a publisher', () => {
  it('sends every row once and in order whatever the page acknowledges and when', () => {
    const steps = fc.array(fc.oneof(fc.constant('ack'), fc.constant('publish'), fc.nat(30)), { maxLength: 60 })
    fc.assert(
      fc.property(steps, (script) => {
        const history = new History()
        const frames: Frame[] = []
        const publisher = new Publisher((bytes) => frames.push(decoded(bytes)))
        let acknowledged = 0
        for (const [wall, step] of script.entries()) {
          if (step === 'publish') publisher.publish([stubRun(history)], wall)
          else if (step === 'ack') {
            acknowledged = frames.length
            expect(publisher.acknowledge(acknowledged)).toBe(true)
          } else for (let i = 0; i < step; i++) history.addTask(`task ${history.tasks.length}`, 0)
          expect(frames.length - acknowledged).toBeLessThanOrEqual(3)
        }
        publisher.acknowledge(frames.length)
        publisher.publish([stubRun(history)], 1000)
        const names = frames.flatMap((frame) => [...frame.slices.tasks.columns.name])
        const strings = frames.flatMap((frame) => frame.strings)
        expect(names.map((name) => strings[name])).toEqual(Array.from({ length: history.tasks.length }, (_, i) => `task ${i}`))
        let next = 0
        for (const frame of frames) {
          expect(frame.slices.tasks.first).toBe(next)
          next += frame.slices.tasks.count
        }
      }),
    )
  })

  it('refuses an acknowledgement of what it never sent, and one that goes back', () => {
    const publisher = new Publisher(() => undefined)
    expect(publisher.acknowledge(1)).toBe(false)
    const history = new History()
    publisher.publish([stubRun(history)], 1)
    expect(publisher.acknowledge(1)).toBe(true)
    expect(publisher.acknowledge(0)).toBe(false)
  })

  it('starts again from the beginning for a page that was reloaded', () => {
    const history = new History()
    history.addTask('first', 0)
    const frames: Frame[] = []
    const publisher = new Publisher((bytes) => frames.push(decoded(bytes)))
    publisher.publish([stubRun(history, true)], 1)
    publisher.publish([stubRun(history, true)], 500)
    expect(frames).toHaveLength(1)
    publisher.forget([1 as RunId])
    publisher.publish([stubRun(history, true)], 600)
    expect(frames.at(-1)!.slices.tasks).toMatchObject({ first: 0, count: 1 })
    expect(frames.at(-1)!.strings).toEqual(['', 'first'])
  })
})
