import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRing, type Mark, MarkReader, MarkWriter, markCode } from '../../electron/threads/markRing'

const epoch = process.hrtime.bigint()

describe('the ring of marks', () => {
  it('gives back every mark in order, however writing and reading alternate', () => {
    const marks = fc.record({
      code: fc.nat(5),
      lane: fc.nat(127),
      task: fc.nat(),
      text: fc.string({ unit: 'grapheme', maxLength: 300 }),
    })
    fc.assert(
      fc.property(fc.array(fc.array(marks, { maxLength: 8 }), { maxLength: 40 }), (rounds) => {
        const ring = createRing(1024)
        const writer = new MarkWriter(ring, epoch)
        const reader = new MarkReader(ring)
        const read: Mark[] = []
        for (const round of rounds) {
          for (const { code, lane, task, text } of round) writer.mark(markCode.state, code, lane, task, text)
          reader.drain(read)
        }
        expect(reader.dropped).toBe(0)
        expect(read.map(({ code, lane, task, text }) => ({ code, lane, task, text }))).toEqual(rounds.flat())
        for (let i = 1; i < read.length; i++) expect(read[i]!.time).toBeGreaterThanOrEqual(read[i - 1]!.time)
      }),
    )
  })

  it('writes the name of a task that is called after its function and has a number', () => {
    const names = fc.record({
      target: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 100 }),
      number: fc.integer({ min: 1, max: 2 ** 31 }),
    })
    fc.assert(
      fc.property(fc.array(names, { maxLength: 100 }), (given) => {
        const ring = createRing(1024)
        const writer = new MarkWriter(ring, epoch)
        const reader = new MarkReader(ring)
        const read: Mark[] = []
        given.forEach(({ target, number }, task) => {
          writer.markNumbered(2, 3, task, number, target, -1)
          reader.drain(read)
        })
        const told = read.map(({ kind, code, lane, task, text, target, value }) => ({
          kind,
          code,
          lane,
          task,
          text,
          target,
          value,
        }))
        expect(told).toEqual(
          given.map(({ target, number }, task) => ({
            kind: 'task',
            code: 2,
            lane: 3,
            task,
            text: `${target}-${number}`,
            target,
            value: -1,
          })),
        )
      }),
    )
  })

  it('drops and counts what does not fit, and goes on', () => {
    const ring = createRing(64)
    const writer = new MarkWriter(ring, epoch)
    const reader = new MarkReader(ring)
    for (let i = 0; i < 100; i++) writer.mark(markCode.state, 0, 0, i)
    const read: Mark[] = []
    reader.drain(read)
    expect(read.map((mark) => mark.task)).toEqual(Array.from({ length: 56 }, (_, i) => i))
    expect(reader.dropped).toBe(44)
    writer.mark(markCode.state, 0, 0, 1000)
    reader.drain(read)
    expect(read.at(-1)!.task).toBe(1000)
  })

  it('gives room back while a round lasts, and none that is still to be read', () => {
    const slots = 1024
    const ring = createRing(slots)
    const writer = new MarkWriter(ring, epoch)
    const reader = new MarkReader(ring)
    let written = 0
    const write = (count: number) => {
      for (let i = 0; i < count; i++) writer.mark(markCode.output, 0, 0, written++)
    }
    const taken: number[] = []
    const take = (count: number) => {
      for (let i = 0; i < count && reader.nextTime() !== Number.POSITIVE_INFINITY; i++) taken.push(reader.take().task)
    }
    write(slots - slots / 8)
    reader.open()
    take(600)
    write(512)
    expect(reader.dropped).toBe(0)
    take(slots)
    reader.close()
    reader.open()
    take(slots)
    expect(taken).toEqual(Array.from({ length: written }, (_, i) => i))
  })

  it('keeps room for ends, with their words, in a flood of other marks', () => {
    const ring = createRing(64)
    const writer = new MarkWriter(ring, epoch)
    const reader = new MarkReader(ring)
    for (let i = 0; i < 100; i++) writer.mark(markCode.output, 0, 0, i)
    writer.mark(markCode.end, 1, 0, 7, 'RangeError: too far')
    const read: Mark[] = []
    reader.drain(read)
    expect(read.at(-1)).toMatchObject({ kind: 'end', code: 1, task: 7, text: 'RangeError: too far' })
  })

  it('keeps a mark without its words when only the words do not fit', () => {
    const ring = createRing(8)
    const writer = new MarkWriter(ring, epoch)
    const reader = new MarkReader(ring)
    writer.mark(markCode.output, 0, 0, 1, 'x'.repeat(500))
    const read: Mark[] = []
    reader.drain(read)
    expect(read).toHaveLength(1)
    expect(read[0]).toMatchObject({ task: 1, text: '' })
    expect(reader.dropped).toBe(1)
  })
})
