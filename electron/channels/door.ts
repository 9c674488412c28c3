/** Who may come in: the checks on each request of the browser host, apart from the server so that they can be read at a glance. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

export interface Door {
  readonly origin: string
  readonly token: string
  readonly cookie: string
  newOnceToken(): string
  /** Right Host, no foreign Origin. */
  isHere(request: IncomingMessage): boolean
  /** … and the cookie. */
  admits(request: IncomingMessage): boolean
  /** Whether the token opens the door; a token for once is used up by it. */
  takes(token: string): boolean
}

export function makeDoor(port: number): Door {
  const token = secret()
  const onceTokens = new Set<string>()
  // Cookies know no port: the name does, so that two hosts do not overwrite each other's.
  const cookieName = `loopscope-${port}`
  const cookieValue = secret()
  const host = `127.0.0.1:${port}`
  const origin = `http://${host}`
  const isHere = ({ headers }: IncomingMessage) =>
    headers.host === host && (headers.origin === undefined || headers.origin === origin)
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
    takes(given) {
      for (const once of onceTokens) if (same(given, once)) return onceTokens.delete(once)
      return same(given, token)
    },
  }
}

const cookiesOf = (request: IncomingMessage, name: string): string[] =>
  (request.headers.cookie ?? '')
    .split(';')
    .map((pair) => pair.trim().split('='))
    .flatMap(([key, value]) => (key === name && value !== undefined ? [value] : []))

const secret = () => randomBytes(16).toString('hex')

/** Constant in time whatever is given: hashes have equal length. */
const same = (given: string, right: string) => timingSafeEqual(sha256(given), sha256(right))
const sha256 = (text: string) => createHash('sha256').update(text).digest()
