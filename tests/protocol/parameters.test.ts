import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkParameter, formatParameter, type ParameterInfo, parseParameter, withoutPassword } from '#protocol/parameters'

const sleeps: ParameterInfo = { name: 'sleeps', kind: 'secondsList', default: [2], min: 0, max: 86_400, maxLength: 3 }
const threads: ParameterInfo = { name: 'threads', kind: 'integer', default: 5, min: 1, max: 64 }
const timeout: ParameterInfo = { name: 'timeout', kind: 'secondsOrNone', default: 'none', min: 0, max: 86_400 }
const numbers: ParameterInfo = { name: 'numbers', kind: 'integerList', default: [2], min: 1, max: 20 }
const mode: ParameterInfo = { name: 'mode', kind: 'choice', default: 'together', choices: ['together', 'sequential'] }
const url: ParameterInfo = { name: 'url', kind: 'url', default: 'redis://127.0.0.1:6379' }

describe('parameters', () => {
  it.each([
    [threads, '5', 5],
    [threads, ' 64 ', 64],
    [sleeps, '6, 3, 0.5', [6, 3, 0.5]],
    [sleeps, '[2,2]', [2, 2]],
    [sleeps, '.5', [0.5]],
    [url, 'redis://user:secret@host:1', 'redis://user:secret@host:1'],
    [timeout, 'none', 'none'],
    [timeout, ' 1.5', 1.5],
    [numbers, '2, 3,4', [2, 3, 4]],
    [mode, 'sequential', 'sequential'],
  ])('%o takes %s', (info, typed, value) => {
    expect(parseParameter(info, typed)).toEqual({ ok: true, value })
  })

  it.each([
    [threads, '0', 'threads: “0” is not a whole number from 1 to 64.'],
    [threads, '2.5', 'threads: “2.5” is not a whole number from 1 to 64.'],
    [threads, '1e1', 'threads: “1e1” is not a whole number from 1 to 64.'],
    [threads, '', 'threads: “” is not a whole number from 1 to 64.'],
    [sleeps, '1,,2', 'sleeps: “1,,2” is not a list of 1 to 3 numbers of seconds from 0 to 86,400, separated by commas.'],
    [sleeps, '1,2,3,4', 'sleeps: “1,2,3,4” is not a list of 1 to 3 numbers of seconds from 0 to 86,400, separated by commas.'],
    [sleeps, '-1', 'sleeps: “-1” is not a list of 1 to 3 numbers of seconds from 0 to 86,400, separated by commas.'],
    [timeout, '-1', 'timeout: “-1” is not a number of seconds from 0 to 86,400, or none.'],
    [timeout, 'never', 'timeout: “never” is not a number of seconds from 0 to 86,400, or none.'],
    [numbers, '2.5', 'numbers: “2.5” is not a list of 1 to 1,000 whole numbers from 1 to 20, separated by commas.'],
    [mode, 'Together', 'mode: “Together” is not one of together, sequential.'],
    [sleeps, 'NaN', 'sleeps: “NaN” is not a list of 1 to 3 numbers of seconds from 0 to 86,400, separated by commas.'],
    [url, 'http://x', 'url: “http://x” is not an address like redis://127.0.0.1:6379.'],
  ])('%o refuses %s and says what is allowed', (info, typed, problem) => {
    expect(parseParameter(info, typed)).toMatchObject({ ok: false, problem: { en: problem } })
  })

  it.each([
    [threads, '0', 'threads：“0”不是 1 到 64 的整数。'],
    [sleeps, '-1', 'sleeps：“-1”不是用逗号分开的 1 到 3 个 0 到 86,400 的秒数。'],
    [timeout, '-1', 'timeout：“-1”不是 0 到 86,400 的秒数，也不是 none。'],
    [numbers, '2.5', 'numbers：“2.5”不是用逗号分开的 1 到 1,000 个 1 到 20 的整数。'],
    [mode, 'Together', 'mode：“Together”不是 together、sequential 之一。'],
    [url, 'http://x', 'url：“http://x”不是形如 redis://127.0.0.1:6379 的地址。'],
  ])('%o refuses %s in Chinese, too', (info, typed, problem) => {
    expect(parseParameter(info, typed)).toMatchObject({ ok: false, problem: { zh: problem } })
  })

  it('refuse a text of a megabyte, or ten thousand entries, in one short sentence for each language', () => {
    for (const typed of ['1,'.repeat(500_000), 'x'.repeat(1_000_000), Array(10_000).fill('1').join(',')]) {
      const parsed = parseParameter({ ...sleeps, maxLength: 1000 }, typed)
      expect(parsed.ok).toBe(false)
      expect(JSON.stringify(parsed).length).toBeLessThan(400)
    }
  })

  it('read back what they show', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.integer({ min: 0, max: 86_400_000 }).map((ms) => ms / 1000),
          { minLength: 1, maxLength: 3 },
        ),
        (list) => {
          expect(parseParameter(sleeps, formatParameter(list))).toEqual({ ok: true, value: list })
        },
      ),
    )
  })

  it('never let a value from outside through that is not of their kind', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        const checked = checkParameter(threads, value)
        if (checked.ok) expect(Array.from({ length: 64 }, (_, i) => i + 1)).toContain(checked.value)
      }),
    )
  })

  it('hide a password wherever they are shown', () => {
    expect(withoutPassword('redis://user:secret@host:6379/1')).toBe('redis://user:…@host:6379/1')
    expect(withoutPassword('redis://:secret@host')).toBe('redis://…@host')
    expect(withoutPassword('redis://host:6379')).toBe('redis://host:6379')
    expect(withoutPassword('cannot reach redis://u:p@ss@host:1 now')).toBe('cannot reach redis://u:…@host:1 now')
    expect(withoutPassword('redis://:p/w@h')).toBe('redis://…@h')
    const shown = [
      ['redis://:pass word@host', 'redis://…@host'],
      ['redis:/me:secret@host', 'redis:/me:…@host'],
      ['me:secret@host:1', 'me:…@host:1'],
      ['“me:secret@host” is not it', '“me:…@host” is not it'],
      ['redis://:secret', 'redis://:…'],
      ['redis://me:secret/0', 'redis://me:…'],
      ['redis://me:12#secret', 'redis://me:…'],
      ['“redis://me:secret” is one word too many', '“redis://me:…” is one word too many'],
    ] as const
    for (const [text, safe] of shown) {
      expect(withoutPassword(text)).toBe(safe)
      expect(withoutPassword(safe)).toBe(safe)
    }
    for (const harmless of [
      'redis://[::1]:7000/2',
      'redis://host:6379.',
      'Redis at 127.0.0.1:6379 (7.0): no',
      'a@b.example',
      '12:30 h',
    ])
      expect(withoutPassword(harmless)).toBe(harmless)
    const long = checkParameter(url, `redis://user:secret${'t'.repeat(600)}@host`)
    expect(JSON.stringify(long)).not.toContain('secret')
    const refused = checkParameter({ ...url, maxLength: 10 }, 'redis://user:secret@host:6379')
    expect(JSON.stringify(refused)).not.toContain('secret')
  })
})
