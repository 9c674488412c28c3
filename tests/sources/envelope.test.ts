import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openEnvelope } from '#protocol/envelope'

const sealed = (at: unknown, payload: unknown, more: object = {}) => JSON.stringify({ ls: 1, at, payload, ...more })

test('gives back what was put into it, whatever that is', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('5', '"', '\\', '{', '\u0000', '\ud800', '\u2028', '名') }),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      (payload, at) => {
        const opened = openEnvelope(sealed(at, payload))
        expect(opened?.payload).toBe(JSON.parse(JSON.stringify(payload)))
        // JSON has no −0.
        expect(opened?.at).toBe(at + 0)
      },
    ),
  )
})

test('is opened without its time where that is no number', () => {
  for (const at of ['1700000000000000', null, true, [], {}, undefined])
    expect(openEnvelope(sealed(at, '5'))).toEqual({ payload: '5', at: Number.NaN })
})

test('anything else is a plain payload', () => {
  const others = [
    '5',
    '',
    '{',
    '{}',
    'null',
    ' {"ls":1,"at":1,"payload":"5"}',
    '{"ls":1,"at":1,"payload":"5"} and more',
    '[{"ls":1,"at":1,"payload":"5"}]',
    '{"ls":2,"at":1,"payload":"5"}',
    '{"ls":"1","at":1,"payload":"5"}',
    sealed(1, 5),
    sealed(1, undefined),
    sealed(1, '5', { more: 1 }),
    '{"ls":1,"at":1,"payload":"5","__proto__":{}}',
  ]
  for (const text of others) expect(openEnvelope(text), text).toBeNull()
  fc.assert(
    fc.property(fc.string(), fc.jsonValue(), (text, value) => {
      const json = JSON.stringify(value)
      for (const one of [text, json]) if (openEnvelope(one)) expect(JSON.parse(one)).toHaveProperty('ls', 1)
    }),
  )
})

test('one envelope in another is the payload of the first', () => {
  const inner = sealed(1, '5')
  expect(openEnvelope(sealed(2, inner))).toEqual({ payload: inner, at: 2 })
})
