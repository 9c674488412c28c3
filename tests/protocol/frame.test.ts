import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeFrame, encodeFrame, type Frame, sectionNames, sections } from '#protocol/frame'

const make = { f64: Float64Array, u32: Uint32Array, u16: Uint16Array, u8: Uint8Array }
/** The highest value. Of u8 there are only codes, and each list has two words at least. */
const top = { f64: 1e15, u32: 0xffffffff, u16: 0xffff, u8: 1 }

function filled(kind: keyof typeof make, length: number, value: () => number) {
  const array = new make[kind](length)
  for (let i = 0; i < length; i++) array[i] = value()
  return array
}

/** Any frame: each section with its own number of rows and any values its columns may hold. */
const frames: fc.Arbitrary<Frame> = fc
  .record({
    run: fc.nat(),
    sequence: fc.nat(),
    now: fc.double({ min: 0, max: 1e18, noNaN: true }),
    sentAt: fc.nat(),
    dropped: fc.nat(),
    marks: fc.nat(),
    firstString: fc.nat(),
    strings: fc.array(fc.string({ unit: 'grapheme' })),
    rows: fc.array(fc.nat(20), { minLength: sectionNames.length, maxLength: sectionNames.length }),
    seed: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 50 }),
    first: fc.nat(),
  })
  .map(({ rows, seed, first, ...header }) => {
    let next = 0
    const slices = Object.fromEntries(
      sectionNames.map((name, index) => {
        const columns = Object.fromEntries(
          Object.entries(sections[name]).map(([column, kind]) => [
            column,
            filled(kind, rows[index]!, () => Math.floor(seed[next++ % seed.length]! * top[kind])),
          ]),
        )
        return [name, { first, count: rows[index]!, columns }]
      }),
    )
    return { ...header, slices } as unknown as Frame
  })

const nonZero = fc.integer({ min: -200, max: 200 }).filter((n) => n !== 0)

describe('frames', () => {
  it('come out of the wire as they went in', () => {
    fc.assert(
      fc.property(frames, (frame) => {
        expect(decodeFrame(encodeFrame(frame))).toEqual({ ok: true, value: frame })
      }),
    )
  })

  it('come out the same from an unaligned view', () => {
    fc.assert(
      fc.property(frames, fc.integer({ min: 1, max: 7 }), (frame, offset) => {
        const bytes = encodeFrame(frame)
        const moved = new Uint8Array(bytes.length + offset)
        moved.set(bytes, offset)
        expect(decodeFrame(moved.subarray(offset))).toEqual({ ok: true, value: frame })
      }),
    )
  })

  it('are refused, never misread, when cut or lengthened', () => {
    fc.assert(
      fc.property(frames, nonZero, (frame, change) => {
        const bytes = encodeFrame(frame)
        const wrong = new Uint8Array(Math.max(0, bytes.length + change))
        wrong.set(bytes.subarray(0, wrong.length))
        expect(decodeFrame(wrong).ok).toBe(false)
      }),
    )
  })

  it('never throw on garbage', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => void decodeFrame(bytes)))
    fc.assert(
      fc.property(frames, fc.nat(), fc.nat(255), (frame, at, value) => {
        const bytes = encodeFrame(frame)
        bytes[at % bytes.length] = value
        decodeFrame(bytes)
      }),
    )
  })
})
