/** The line to type in a terminal: what the push button does, for any Redis client to do. It never holds a password. */
import { hiddenPassword } from '#protocol/parameters'
import { failure, type Result, success } from '#protocol/result'

export interface RedisCommand {
  readonly line: string
  /** The address has a password, which the line leaves out. */
  readonly passwordLeftOut: boolean
}

/** What redis-cli takes unless it is told. */
const defaultHost = '127.0.0.1'
const defaultPort = '6379'
/** What a shell takes as it is. */
const harmless = /^[\w.:/@%+=-]+$/
const quoted = (word: string) => (harmless.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)

export function redisCommand(url: string, queue: string, values: readonly string[]): Result<RedisCommand> {
  let parsed: URL
  try {
    // URL knows no default port and no host rules for redis:, so it is read as http(s), which has both.
    parsed = new URL(url.replace(/^redis(s?):/, 'http$1:'))
  } catch {
    return failure(`“${queue}” has no address to push to.`)
  }
  const tls = url.startsWith('rediss:')
  const port = /:(\d+)$/.exec(url.replace(/^\w+:\/\//, '').split('/')[0] ?? '')?.[1] ?? defaultPort
  // The engine writes `redis://name:…@host` or `redis://…@host` where there is a password.
  const name = decodeURIComponent(parsed.username)
  const passwordLeftOut = parsed.password !== '' || name === hiddenPassword
  const database = /^\/(\d+)$/.exec(parsed.pathname)?.[1]
  const host = parsed.hostname.replace(/^\[|\]$/g, '')
  const words = [
    'redis-cli',
    ...(host === defaultHost ? [] : ['-h', quoted(host)]),
    ...(port === defaultPort ? [] : ['-p', port]),
    ...(database && database !== '0' ? ['-n', database] : []),
    ...(tls ? ['--tls'] : []),
    ...(name && name !== hiddenPassword ? ['--user', quoted(name)] : []),
    ...(passwordLeftOut ? ['--askpass'] : []),
    'LPUSH',
    quoted(queue),
    ...values.map(quoted),
  ]
  return success({ line: words.join(' '), passwordLeftOut })
}
