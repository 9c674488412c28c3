import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { RecordPacker, readFrame, readRecords, recordKinds, textBytes } from '#protocol/feedRecords'
import { plainText } from '#protocol/plainText'

const utf8 = (text: string) => new TextEncoder().encode(text)
const fits = (text: string, most: number) => utf8(text).length <= most
const record = fc.oneof(
  ...recordKinds.map((kind) => {
    const most = textBytes[kind]
    return fc.record({
      kind: fc.constant(kind),
      ord: fc.maxSafeNat(),
      time: fc.double({ min: 0, max: Number.MAX_SAFE_INTEGER, noNaN: true }),
      text:
        most === undefined
          ? fc.constant('')
          : fc.string({ unit: 'grapheme', maxLength: most }).filter((text) => plainText(text, most) === text && fits(text, most)),
    })
  }),
)
/** Half a surrogate pair, too. */
const codeUnits = fc.array(fc.nat({ max: 0xffff }), { maxLength: 90 }).map((codes) => String.fromCharCode(...codes))
const pack = (records: readonly { kind: (typeof recordKinds)[number]; ord: number; time: number; text: string }[]) => {
  const packer = new RecordPacker()
  for (const { kind, ord, time, text } of records) packer.add(kind, ord, time, text)
  expect(packer.count).toBe(records.length)
  return packer.take()
}
const ofGood = <T>(result: { ok: true; value: T } | { ok: false; problem: { en: string } }) => {
  if (!result.ok) throw new Error(result.problem.en)
  return result.value
}
const problemOf = (bytes: readonly number[] | Uint8Array) => {
  const read = readRecords(Uint8Array.from(bytes))
  expect(read.ok ? read.value : read.problem.zh).toMatch(/[一-鿿].*。$/)
  return read.ok ? null : read.problem.en
}

describe('records of the feed', () => {
  test('come back as they went, however many', () => {
    fc.assert(
      fc.property(fc.array(record, { maxLength: 300 }), (records) => {
        expect(ofGood(readRecords(pack(records)))).toEqual(records)
      }),
    )
  })

  test('a text that is too long is cut between two characters', () => {
    fc.assert(
      fc.property(codeUnits, (text) => {
        const [read] = ofGood(readRecords(pack([{ kind: 'claimed', ord: 1, time: 1, text }])))
        const whole = Buffer.from(text).toString()
        expect(plainText(whole, 1000)).toContain(read!.text)
        expect(fits(read!.text, 3 * 60)).toBe(true)
        if (fits(whole, 60)) expect(read!.text).toBe(plainText(whole, 60))
      }),
    )
    const long = ofGood(readRecords(pack([{ kind: 'claimed', ord: 1, time: 1, text: '长'.repeat(40) }])))
    expect(long[0]!.text).toBe('长'.repeat(20))
    expect(ofGood(readRecords(pack([{ kind: 'failed', ord: 1, time: 1, text: 'x'.repeat(300) }])))[0]!.text).toBe('x'.repeat(200))
  })

  test('bytes that are no records get a sentence and throw nothing', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const read = readRecords(bytes)
        if (!read.ok) expect(read.problem.en).toMatch(/^A frame of the feed cannot be read at byte \d+: .+\. It was left out\.$/)
      }),
    )
    const good = pack([{ kind: 'claimed', ord: 7, time: 8, text: 'abc' }])
    for (let cut = 1; cut < good.length; cut++)
      expect(problemOf(good.subarray(0, cut))).toBe(
        'A frame of the feed cannot be read at byte 0: the record is cut short. It was left out.',
      )
    expect(problemOf([9])).toContain('9 is no kind of record')
    expect(problemOf([0])).toContain('0 is no kind of record')
    expect(problemOf(pack([{ kind: 'started', ord: 1.5, time: 8, text: '' }]))).toContain('1.5 is no number of a task')
    expect(problemOf(pack([{ kind: 'started', ord: 1, time: Number.NaN, text: '' }]))).toContain('NaN is no time')
    const broken = good.slice()
    broken[18] = 0xff
    expect(problemOf(broken)).toContain('its text is not UTF-8')
    const tooLong = pack([{ kind: 'failed', ord: 7, time: 8, text: 'x'.repeat(61) }])
    tooLong[0] = 1
    expect(problemOf(tooLong)).toContain('its text has 61 bytes, and 60 are the most')
  })
})

describe('a frame of the feed', () => {
  const fields = (values: Record<string, string | Uint8Array>) =>
    Object.entries(values).flatMap(([name, value]) => [utf8(name), typeof value === 'string' ? utf8(value) : value])
  const d = pack([{ kind: 'finished', ord: 3, time: 4, text: '' }])
  const good = { v: '1', s: 'host-1.2.0011aaff', n: '12', o: '-345', e: '60', d }

  test('is read with its number, its clock and its records', () => {
    expect(ofGood(readFrame(fields({ ...good, later: 'ignored' })))).toEqual({
      sid: 'host-1.2.0011aaff',
      number: 12,
      offset: -345,
      error: 60,
      records: [{ kind: 'finished', ord: 3, time: 4, text: '' }],
    })
    expect(ofGood(readFrame(fields({ ...good, o: '', e: '' })))).toMatchObject({ offset: null, error: null })
  })

  test.each([
    ['v', '2'],
    ['s', 'host'],
    ['s', 'a b.1.00000000'],
    ['n', '0'],
    ['n', '1.5'],
    ['n', ''],
    ['o', 'x'],
    ['e', '-1'],
    ['e', '\u0007'],
  ])('with %s “%s” gets a sentence', (name, value) => {
    const read = readFrame(fields({ ...good, [name]: value }))
    expect(read.ok || read.problem.en).toBe(
      `A frame of the feed cannot be read: “${plainText(value, 40)}” is not what its field “${name}” may hold. It was left out.`,
    )
  })

  test('with wrong records gets their sentence', () => {
    expect(readFrame(fields({ ...good, d: Uint8Array.of(200) }))).toMatchObject({ ok: false })
  })
})
