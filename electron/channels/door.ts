/** Who may come in: the checks on each request of the browser host, apart from the server so that they can be read at a glance. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

/** After so many wrong tokens within a minute none is taken for a minute: other users of the machine may guess, but not long. */
export const wrongTokensPerMinute = 10
const minute = 60_000

export interface Door {
  readonly origin: string
  readonly token: string
  readonly cookie: string
  newOnceToken(): string
  /** Right Host, no foreign Origin. */
  isHere(request: IncomingMessage): boolean
  /** … and the cookie. */
  admits(request: IncomingMessage): boolean
  /** … and, where a browser says what it asks for, a page for its window: no picture, frame or script of another page brings tokens. */
  mayBringToken(request: IncomingMessage): boolean
  /** Judges a token; one for once is used up by it. */
  judge(token: string): TokenJudgement
}

/** locked: too many were wrong, so this one was not even looked at; seconds until tokens are taken again. */
export type TokenJudgement =
  | { readonly kind: 'right' }
  | { readonly kind: 'wrong' }
  | { readonly kind: 'locked'; readonly seconds: number }

export interface DoorOptions {
  /** Told each time the door locks, at most once a minute. */
  readonly onLock: (seconds: number) => void
  /** Milliseconds of a clock that never jumps. */
  readonly now?: () => number
}

export function makeDoor(port: number, { onLock, now = () => performance.now() }: DoorOptions): Door {
  const token = secret()
  const onceTokens = new Set<string>()
  let wrongAt: number[] = []
  let lockedUntil = Number.NEGATIVE_INFINITY
  // Cookies know no port: the name does, so that two hosts do not overwrite each other's.
  const cookieName = `loopscope-${port}`
  const cookieValue = secret()
  const host = `127.0.0.1:${port}`
  const origin = `http://${host}`
  const isHere = ({ headers }: IncomingMessage) =>
    headers.host === host && (headers.origin === undefined || headers.origin === origin)

  function isRight(given: string): boolean {
    // All are compared, so that the time tells nothing about which was the nearest.
    const used = [...onceTokens].filter((once) => same(given, once))
    for (const once of used) onceTokens.delete(once)
    return same(given, token) || used.length > 0
  }

  function noteWrong(): void {
    wrongAt = [...wrongAt.filter((time) => time > now() - minute), now()]
    if (wrongAt.length < wrongTokensPerMinute) return
    wrongAt = []
    lockedUntil = now() + minute
    onLock(minute / 1000)
  }

  return {
    origin,
    token,
    cookie: `${cookieName}=${cookieValue}; HttpOnly; SameSite=Strict; Path=/`,
    newOnceToken() {
      const once = secret()
      onceTokens.add(once)
      return once
    },
    isHere,
    admits: (request) => isHere(request) && cookiesOf(request, cookieName).some((value) => same(value, cookieValue)),
    mayBringToken: (request) =>
      isHere(request) &&
      ['navigate', undefined].includes(request.headers['sec-fetch-mode'] as string | undefined) &&
      ['document', undefined].includes(request.headers['sec-fetch-dest'] as string | undefined),
    judge(given) {
      if (now() < lockedUntil) return { kind: 'locked', seconds: Math.ceil((lockedUntil - now()) / 1000) }
      if (isRight(given)) return { kind: 'right' }
      noteWrong()
      return { kind: 'wrong' }
    },
  }
}

const cookiesOf = (request: IncomingMessage, name: string): string[] =>
  (request.headers.cookie ?? '')
    .split(';')
    .map((pair) => pair.trim().split('='))
    .flatMap(([key, value]) => (key === name && value !== undefined ? [value] : []))

/** 128 bits. */
const secret = () => randomBytes(16).toString('hex')

/** Constant in time whatever is given: hashes have equal length. */
const same = (given: string, right: string) => timingSafeEqual(sha256(given), sha256(right))
const sha256 = (text: string) => createHash('sha256').update(text).digest()
