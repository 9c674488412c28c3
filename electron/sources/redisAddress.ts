/** One Redis URL, read once: what ioredis gets and what may be shown. */
import { isIP } from 'node:net'
import type { RedisOptions } from 'ioredis'
import type { LocalText } from '#protocol/catalogue'
import { failure, type Result, success } from '#protocol/result'

export interface RedisAddress {
  /** `127.0.0.1:6379`; never user or password. */
  readonly shown: string
  readonly connection: Pick<RedisOptions, 'host' | 'port' | 'username' | 'password' | 'db' | 'tls'>
  /** A text from the server or the socket, without this URL's password. */
  redact(text: string): string
}

const withHelp = (problem: LocalText): LocalText => ({
  en: `${problem.en} Write it as redis://user:password@host:port/database, with # / ? @ in the password as %23 %2F %3F %40.`,
  zh: `${problem.zh}请写成 redis://user:password@host:port/database，密码中的 # / ? @ 写成 %23 %2F %3F %40。`,
})

/**
 * The URL is not handed to ioredis, because that takes further options from its query string, some of which would make it send commands twice.
 * What looks like a password cut in two by a # / ? is refused without showing any of it: half of it would stand in the place of the port.
 */
export function readAddress(url: string): Result<RedisAddress, LocalText> {
  try {
    const { protocol, hostname, port, username, password, pathname, search, hash } = new URL(url)
    const database = /^\/?(\d*)$/.exec(pathname)?.[1]
    if (!/^rediss?:$/.test(protocol) || search || hash || database === undefined)
      return failure(withHelp({ en: 'The address is not a Redis URL.', zh: '这个地址不是 Redis 地址。' }))
    const host = hostname.replace(/^\[|\]$/g, '') || '127.0.0.1'
    const secret = decodeURIComponent(password)
    const secrets = [secret, password].filter((text) => text !== '')
    return success({
      shown: `${hostname || host}:${port || 6379}`,
      connection: {
        host,
        port: Number(port || 6379),
        db: Number(database),
        ...(username && { username: decodeURIComponent(username) }),
        ...(secret && { password: secret }),
        ...(protocol === 'rediss:' && { tls: isIP(host) ? {} : { servername: host } }),
      },
      redact: (text) => secrets.reduce((shown, part) => shown.split(part).join('…'), text),
    })
  } catch {
    // `new URL` and `decodeURIComponent` say where they stopped, which may be in the middle of the password: nothing of that is passed on.
    return failure(withHelp({ en: 'The address cannot be read.', zh: '无法读懂这个地址。' }))
  }
}
