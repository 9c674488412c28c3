/** Writes into a queue's feed what a worker would, frame by frame, with a clock of its own. */
import type { Redis } from 'ioredis'
import { type RecordKind, RecordPacker } from '#protocol/feedRecords'
import { queueKeys } from '../../electron/sources/hashTag'

export const keysOf = (queue: string) => {
  const keys = queueKeys(queue)
  if (!keys.ok) throw new Error(keys.problem.en)
  return keys.value
}

export interface Told {
  readonly kind: RecordKind
  readonly ord: number
  /** ms before now; negative: to come. */
  readonly ago?: number
  readonly text?: string
}

/** `aheadMicros`: of its clock before the server's, which on this machine is that of the test. */
export function feedWriter(client: Redis, queue: string, sid: string, aheadMicros = 0) {
  const keys = keysOf(queue)
  let number = 0
  const packed = (told: readonly Told[]) => {
    const packer = new RecordPacker()
    const now = Date.now() * 1000 + aheadMicros
    for (const { kind, ord, ago = 0, text } of told) packer.add(kind, ord, now - ago * 1000, text)
    return Buffer.from(packer.take())
  }
  return {
    /** A frame that the server never gets. */
    skip: (frames = 1) => {
      number += frames
    },
    write: (...told: Told[]) => {
      number += 1
      const fields = ['v', '1', 's', sid, 'n', number, 'o', -aheadMicros, 'e', 300, 'd', packed(told)]
      return client.xadd(keys.events, 'MAXLEN', '~', 5000, '*', ...fields)
    },
    /** As a consumer that takes items does. */
    register: async (name: string, leaseMillis = 60_000) => {
      await client.zadd(keys.consumers, Date.now() + leaseMillis, sid)
      const about = { name, host: 'box', pid: 7, since: Date.now(), concurrency: 4, kind: 'worker' }
      await client.hset(keys.workers, sid, JSON.stringify(about))
      await client.set(keys.version, '2')
      await client.set(keys.epoch, 'one', 'NX')
    },
    leave: () => client.zrem(keys.consumers, sid),
  }
}
