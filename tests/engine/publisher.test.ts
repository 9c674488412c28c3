import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeFrame, type Frame, none, sectionNames } from '#protocol/frame'
import type { RunId } from '#protocol/messages'
import { History, startPosition } from '../../electron/engine/history'
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
          } else for (let i = 0; i < step; i++) history.addTask(`task ${history.tasks.length}`, 0, '', null)
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

  it('sends a frame ten times a second while a run goes on without news, and one last when it is over', () => {
    const history = new History()
    const sent: number[] = []
    let wall = 0
    const publisher = new Publisher((bytes) => {
      sent.push(wall)
      publisher.acknowledge(decoded(bytes).sequence)
    })
    for (; wall <= 500; wall += 10) publisher.publish([stubRun(history)], wall)
    expect(sent).toEqual([0, 100, 200, 300, 400, 500])
    for (; wall <= 1000; wall += 10) publisher.publish([stubRun(history, true)], wall)
    expect(sent).toHaveLength(7)
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
    history.addTask('first', 0, '', null)
    const frames: Frame[] = []
    const publisher = new Publisher((bytes) => frames.push(decoded(bytes)))
    publisher.publish([stubRun(history, true)], 1)
    publisher.publish([stubRun(history, true)], 500)
    expect(frames).toHaveLength(1)
    publisher.restart()
    publisher.publish([stubRun(history, true)], 600)
    expect(frames.at(-1)!.slices.tasks).toMatchObject({ first: 0, count: 1 })
    expect(frames.at(-1)!.strings).toEqual(['', 'first'])
  })

  it('has credit again for a page that begins anew with frames unacknowledged, and takes their late acknowledgements', () => {
    const history = new History()
    const frames: Frame[] = []
    const publisher = new Publisher((bytes) => frames.push(decoded(bytes)))
    for (let i = 0; i < 5; i++) {
      history.addTask(`task ${i}`, 0, '', null)
      publisher.publish([stubRun(history)], i)
    }
    expect(frames).toHaveLength(3)
    publisher.restart()
    publisher.publish([stubRun(history)], 10)
    expect(frames.at(-1)).toMatchObject({ sequence: 4, slices: { tasks: { first: 0, count: 5 } } })
    expect(publisher.acknowledge(2)).toBe(true)
    expect(publisher.acknowledge(4)).toBe(true)
    expect(publisher.acknowledge(5)).toBe(false)
  })
})

/** The rows and strings that frames point at, as far as they were sent: throws where one points ahead. */
function follow(history: History, inOrder = false): { frames: number; characters: number } {
  const position = startPosition()
  let frames = 0
  let characters = 0
  const { limits } = history
  /** Tasks of which an end was sent. */
  const ended = new Set<number>()
  for (; !history.isRead(position); frames++) {
    const before = { ...position }
    const { slices, strings } = history.read(position)
    characters = Math.max(characters, strings.join('').length)
    if (Object.values(before).join() === Object.values(position).join()) throw new Error('an empty frame before the end')
    const below = (name: string, values: Iterable<number>, sent: number) => {
      for (const value of values) if (value >= sent && value !== none) throw new Error(`${name}: ${value} of ${sent}`)
    }
    // What came before an end is sent before it, or with it.
    const late = [...slices.spans.columns.task].find((task) => ended.has(task))
    if (late !== undefined && inOrder) throw new Error(`the end of task ${late} went before its spans`)
    for (const task of slices.ends.columns.task) ended.add(task)
    for (const name of sectionNames) {
      const columns = slices[name].columns as unknown as Record<string, Uint32Array>
      expect(slices[name].count).toBeLessThanOrEqual(limits.rows)
      below(`${name}’s task`, columns['task'] ?? [], position.tasks)
      below(`${name}’s span`, columns['span'] ?? [], position.spans)
      below(`${name}’s lane`, columns['lane'] ?? [], position.lanes)
      for (const words of ['name', 'label', 'text']) below(`${name}’s ${words}`, columns[words] ?? [], position.strings)
    }
  }
  return { frames, characters }
}

describe('frames of a long history', () => {
  it('never point at what is still to be sent', () => {
    const steps = fc.array(fc.record({ what: fc.nat(5), which: fc.nat(1000), text: fc.string({ maxLength: 20 }) }), {
      maxLength: 200,
    })
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 60 }), (script, rows, characters) => {
        const history = new History({ rows, characters })
        history.addLane('loop', 'loop')
        history.addTask('main', 0, '', null)
        history.openSpan(0, 0, 'running', 0, '')
        for (const { what, which, text } of script) {
          const task = which % history.tasks.length
          if (what === 0) history.openSpan(history.addTask(text, 0, '', null), 0, 'ready', which, text)
          else if (what === 1) history.openSpan(task, 0, 'running', which, text)
          else if (what === 2) history.closeSpan(which % history.spans.length, which)
          else if (what === 3) history.addEnd(task, 'failed', which, which, text)
          else if (what === 4) history.addMarker('message', which, 0, which % 2 ? task : null, text)
          else history.addOutput(which, 0, null, text)
        }
        follow(history)
      }),
    )
  })

  it('tell of a task’s end with its spans or after them, also to a page that comes when all is over', () => {
    const history = new History({ rows: 50, characters: 1000 })
    history.addLane('loop', 'loop')
    for (let task = 0; task < 500; task++) {
      history.addTask('task', 0, '', null)
      for (let i = 0; i < 9; i++) history.closeSpan(history.openSpan(task, 0, 'ready', i, ''), i + 1)
      history.addEnd(task, 'finished', 9, 9, '')
    }
    expect(follow(history, true).frames).toBeGreaterThan(100)
  })

  it('hold no more rows of a list and no more text than a page takes', () => {
    const history = new History()
    history.addLane('loop', 'loop')
    for (let i = 0; i < 120_000; i++) history.openSpan(history.addTask('task', 0, '', null), 0, 'ready', i, '')
    for (let i = 119_999; i >= 0; i--) history.addEnd(i, 'finished', i, i, '')
    for (let i = 0; i < 5000; i++) history.addOutput(i, 0, null, `${i}`.padEnd(1900, 'x'))
    const { frames, characters } = follow(history)
    expect(frames).toBeLessThan(60)
    expect(characters).toBeLessThan(1_010_000)
    const sizes: number[] = []
    const publisher = new Publisher((bytes) => sizes.push(bytes.length))
    publisher.publish([stubRun(history)], 0)
    expect(Math.max(...sizes)).toBeLessThan(4e6)
  })
})
