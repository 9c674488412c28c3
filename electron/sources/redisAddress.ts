/** One Redis URL, read once: what ioredis gets and what may be shown. */
import { isIP } from 'node:net'
import type { RedisOptions } from 'ioredis'
import { failure, type Result, success } from '#protocol/result'

export interface RedisAddress {
  /** `127.0.0.1:6379`; never user or password. */
  readonly shown: string
  readonly connection: Pick<RedisOptions, 'host' | 'port' | 'username' | 'password' | 'db' | 'tls'>
  /** A text from the server or the socket, without this URL's password. */
  redact(text: string): string
}

const help = 'Write it as redis://user:password@host:port/database, with # / ? @ in the password as %23 %2F %3F %40.'

/**
 * The URL is not handed to ioredis, because that takes further options from its query string, some of which would make it send commands twice.
 * What looks like a password cut in two by a # / ? is refused without showing any of it: half of it would stand in the place of the port.
 */
export function readAddress(url: string): Result<RedisAddress> {
  try {
    const { protocol, hostname, port, username, password, pathname, search, hash } = new URL(url)
    const database = /^\/?(\d*)$/.exec(pathname)?.[1]
    if (!/^rediss?:$/.test(protocol) || search || hash || database === undefined)
      return failure(`The address is not a Redis URL. ${help}`)
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
    return failure(`The address cannot be read. ${help}`)
  }
}
