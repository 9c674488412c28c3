import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { type Door, makeDoor, wrongTokensPerMinute } from '../../electron/channels/door'

vi.mock('node:crypto', async (original) => {
  const crypto = await original<typeof import('node:crypto')>()
  return { ...crypto, randomBytes: vi.fn(crypto.randomBytes), timingSafeEqual: vi.fn(crypto.timingSafeEqual) }
})
const compared = vi.mocked(timingSafeEqual)

let door: Door
let time: number
let locks: number[]
beforeEach(() => {
  time = 1000
  locks = []
  vi.mocked(randomBytes).mockClear()
  door = makeDoor(8080, { onLock: (seconds) => locks.push(seconds), now: () => time })
  compared.mockClear()
})

const request = (headers: IncomingHttpHeaders) => ({ headers }) as IncomingMessage
const here: IncomingHttpHeaders = { host: '127.0.0.1:8080' }
const guess = (count: number) => Array.from({ length: count }, (_, n) => door.judge(n.toString(16).padStart(32, '0')).kind)

describe('secrets', () => {
  test('token, cookie and every token for once are 128 random bits, each another', () => {
    const secrets = [door.token, /=([0-9a-f]+);/.exec(door.cookie)?.[1], door.newOnceToken(), door.newOnceToken()]
    for (const secret of secrets) expect(secret).toMatch(/^[0-9a-f]{32}$/)
    expect(new Set(secrets).size).toBe(4)
    expect(vi.mocked(randomBytes).mock.calls).toEqual([[16], [16], [16], [16]])
  })

  test.each([
    ['', 'empty'],
    ['0', 'short'],
    ['0'.repeat(32), 'as long'],
    ['0'.repeat(10_000), 'long'],
    ['é'.repeat(32), 'of other letters'],
  ])('%j, a wrong token that is %s, is compared with all in constant time', (given) => {
    door.newOnceToken()
    door.newOnceToken()
    expect(door.judge(given)).toEqual({ kind: 'wrong' })
    expect(compared).toHaveBeenCalledTimes(3)
    for (const [left, right] of compared.mock.calls) expect([left.byteLength, right.byteLength]).toEqual([32, 32])
  })

  test('a right one costs as many comparisons as a wrong one, whichever it is', () => {
    const once = [door.newOnceToken(), door.newOnceToken()]
    expect(door.judge(door.token)).toEqual({ kind: 'right' })
    expect(compared).toHaveBeenCalledTimes(3)
    expect(door.judge(once[0]!)).toEqual({ kind: 'right' })
    expect(compared).toHaveBeenCalledTimes(6)
  })

  test('the cookie is compared in constant time, too', () => {
    expect(door.admits(request({ ...here, cookie: 'loopscope-8080=1' }))).toBe(false)
    expect(compared).toHaveBeenCalledTimes(1)
    expect(door.admits(request({ ...here, cookie: `a=1; ${door.cookie.split(';')[0]}` }))).toBe(true)
  })
})

describe('guessing', () => {
  test('ten wrong tokens within a minute lock the door for all tokens, for a minute, and it is said once', () => {
    expect(guess(wrongTokensPerMinute)).toEqual(Array(10).fill('wrong'))
    expect(locks).toEqual([60])
    const once = door.newOnceToken()
    compared.mockClear()
    for (const token of [door.token, once, 'x']) expect(door.judge(token)).toEqual({ kind: 'locked', seconds: 60 })
    expect(compared).not.toHaveBeenCalled()
    time += 59_500
    expect(door.judge(door.token)).toEqual({ kind: 'locked', seconds: 1 })
    time += 500
    expect(door.judge(door.token)).toEqual({ kind: 'right' })
    expect(door.judge(once)).toEqual({ kind: 'right' })
    expect(locks).toEqual([60])
  })

  test('a minute is a whole one', () => {
    expect(guess(1)).toEqual(['wrong'])
    time += 59_999
    expect(guess(9)).toEqual(Array(9).fill('wrong'))
    expect(locks).toEqual([60])
  })

  test('in no minute are more than ten judged, however they are spread', () => {
    const judged: number[] = []
    for (; time < 1_000_000; time += 700) if (door.judge('x').kind === 'wrong') judged.push(time)
    const most = Math.max(...judged.map((from) => judged.filter((at) => at >= from && at < from + 60_000).length))
    expect(most).toBe(10)
    expect(judged.length).toBeGreaterThan(100)
  })

  test('nine a minute lock nothing, and right ones do not count', () => {
    for (let n = 0; n < 9; n++) {
      expect(guess(9)).toEqual(Array(9).fill('wrong'))
      expect(door.judge(door.token)).toEqual({ kind: 'right' })
      time += 60_000
    }
    expect(locks).toEqual([])
  })

  test('the right cookie goes on working while tokens are refused', () => {
    guess(wrongTokensPerMinute)
    expect(door.admits(request({ ...here, cookie: door.cookie.split(';')[0]! }))).toBe(true)
  })

  test('a token for once is used up', () => {
    const once = door.newOnceToken()
    expect([door.judge(once).kind, door.judge(once).kind]).toEqual(['right', 'wrong'])
  })
})

describe('who may bring a token', () => {
  const navigation = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }
  test.each([
    ['a browser that opens the address', { ...here, ...navigation, 'sec-fetch-site': 'none' }, true],
    ['a link on another page', { ...here, ...navigation, 'sec-fetch-site': 'cross-site' }, true],
    ['a client that says nothing', here, true],
    ['a picture of another page', { ...here, 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' }, false],
    ['a script’s fetch', { ...here, 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'empty' }, false],
    ['a frame in another page', { ...here, 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' }, false],
    ['a foreign Host', { host: 'evil.example:8080' }, false],
    ['a foreign Origin', { ...here, origin: 'http://evil.example' }, false],
  ])('%s: %j → %s', (_who, headers: IncomingHttpHeaders, may) => {
    expect(door.mayBringToken(request(headers))).toBe(may)
  })
})
