/** Since when the oldest waiting item waits, where its envelope says it. The item itself is read for that, so a large one seldom. */
import type { Redis } from 'ioredis'
import { openEnvelope } from '#protocol/envelope'

/** Bytes of an item for which a second of rest is due. */
const bytesPerSecond = 65_536

export class Oldest {
  /** When the item is read again, as `performance.now` counts. */
  #again = 0
  /** µs since 1970 on its producer's clock; null: it does not say, or there is none. */
  pushedAt: number | null = null

  async look(client: Redis, queue: string): Promise<void> {
    if (performance.now() < this.#again) return
    const item = await client.lindexBuffer(queue, -1)
    this.#again = performance.now() + Math.floor((item?.length ?? 0) / bytesPerSecond) * 1000
    this.pushedAt = item && pushTime(item)
  }
}

/** A large item is not decoded: what its envelope would say stays unknown. */
function pushTime(item: Buffer): number | null {
  const at = item.length < bytesPerSecond ? (openEnvelope(item.toString())?.at ?? Number.NaN) : Number.NaN
  return Number.isFinite(at) ? at : null
}
