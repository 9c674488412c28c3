import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createLetterRing, LetterReader, LetterWriter } from '../../electron/loop/letterRing'
import type { Letter } from '../../electron/loop/loopMessages'
import { registerHandle } from '../../electron/threads/handles'

const newRing = (bytes?: number) => {
  const shared = createLetterRing(bytes)
  return { writer: new LetterWriter(shared), reader: new LetterReader(shared) }
}
const call = (order: number, values: readonly unknown[], target = 'a/b'): Letter => ({
  order,
  type: 'call',
  task: 7,
  target,
  values,
})

describe('the ring of letters', () => {
  it('gives back every letter in order, however writing and reading alternate', () => {
    const value = fc.oneof(
      fc.double(),
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.boolean(),
      fc.constant(null),
      fc.constant(undefined),
    )
    const order = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })
    const submission = fc.record({
      order,
      type: fc.constantFrom('call' as const, 'coroutine' as const),
      task: fc.nat(),
      target: fc.constantFrom('a/b', 'a/c', 'x'.repeat(200)),
      values: fc.array(value, { maxLength: 6 }),
    })
    const cancel = fc.record({ order, type: fc.constant('cancel' as const), task: fc.nat() })
    const stop = fc.record({ order, type: fc.constant('stop' as const) })
    const complete = fc.record({ order, type: fc.constant('complete' as const), ticket: fc.nat(), value })
    const letters = fc.array(fc.oneof(submission, cancel, stop, complete), { maxLength: 5 })
    fc.assert(
      fc.property(fc.array(letters, { maxLength: 40 }), (rounds) => {
        // Small, so that letters go over its end.
        const { writer, reader } = newRing(16 * 1024)
        for (const round of rounds) {
          for (const one of round) expect(writer.write(one)).toBe(true)
          for (const one of round) {
            expect(reader.order()).toBe(one.order)
            expect(reader.read()).toEqual(one)
          }
          expect(reader.order()).toBeUndefined()
        }
      }),
    )
  })

  it('refuses what does not fit, and takes letters again when there is room', () => {
    const { writer, reader } = newRing()
    let written = 0
    while (writer.write(call(written, ['x'.repeat(100)], `name/${written}`))) written++
    expect(written).toBeGreaterThan(500)
    for (let i = 0; i < written; i++) expect(reader.read()).toMatchObject({ order: i, target: `name/${i}` })
    // Its name was refused with its letter: it has no place yet.
    expect(writer.write(call(1, [], `name/${written}`))).toBe(true)
    expect(writer.write(call(2, [], `name/${written}`))).toBe(true)
    expect([reader.read(), reader.read()]).toMatchObject([{ target: `name/${written}` }, { target: `name/${written}` }])
  })

  it.each([
    ['an object', { a: 1 }],
    ['a list', [1]],
    ['a big integer', 1n],
    ['a long text', 'x'.repeat(5000)],
    ['a function', () => 1],
  ])('leaves to the port %s', (_, value) => {
    const { writer, reader } = newRing()
    expect(writer.write(call(1, [value]))).toBe(false)
    expect(reader.order()).toBeUndefined()
  })

  it('names a handle by its id once it has crossed', () => {
    class Thing {
      constructor(readonly id: number) {}
    }
    registerHandle({
      kind: 'thing',
      is: (value) => value instanceof Thing,
      encode: (thing: Thing) => thing.id,
      decode: (id: number) => new Thing(id),
      kept: { idOf: (thing: Thing) => thing.id, byId: (id) => new Thing(id) },
    })
    const { writer, reader } = newRing()
    expect(writer.write(call(1, [new Thing(5)]))).toBe(false)
    writer.countByPort([new Thing(5)])
    expect(reader.byPort).toBe(1)
    expect(writer.write(call(2, [new Thing(5)]))).toBe(true)
    expect(writer.write(call(3, [new Thing(6)]))).toBe(false)
    expect(reader.read()).toMatchObject({ order: 2, values: [{ handleKind: 'thing', id: 5 }] })
  })
})
