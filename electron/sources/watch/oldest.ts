/** Since when the oldest waiting item waits, where its envelope says it. The item itself is read for that, so a large one seldom. */
import type { Redis } from 'ioredis'

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

/** An envelope begins so; anything else is a payload without one. */
const prefix = Buffer.from('{"ls":1,')

function pushTime(item: Buffer): number | null {
  if (!item.subarray(0, prefix.length).equals(prefix)) return null
  const found = /"at":(\d{1,16})[,}]/.exec(item.toString('latin1', 0, 200))
  return found ? Number(found[1]) : null
}
