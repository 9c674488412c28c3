/** How far the server's clock is from this thread's, so that the times of many machines can be laid on one axis. */
import type { Redis } from 'ioredis'

/** Measurements that are kept; they are made with the beats, so these are some seconds. */
const kept = 16
/** How far two quartz clocks may run apart, µs for each µs. */
const drift = 50e-6

/** µs since 1970 on a clock that never steps back; it may be off as the machine's clock was when the process began. */
export const workerMicros = () => origin + performance.now() * 1000
const origin = performance.timeOrigin * 1000

interface Sample {
  readonly at: number
  readonly offset: number
  readonly error: number
}

export interface Offset {
  /** Server's clock minus this thread's, µs. */
  readonly offset: number
  /** At most so many µs off. */
  readonly error: number
}

export class ServerClock {
  #samples: Sample[] = []

  /** The surest measurement; null: there is none, or the ACL forbids TIME. */
  get current(): Offset | null {
    const now = workerMicros()
    let best: Offset | null = null
    for (const { at, offset, error } of this.#samples) {
      const aged = error + (now - at) * drift
      if (best === null || aged < best.error) best = { offset, error: aged }
    }
    return best
  }

  /** Another server may have another clock. */
  forget(): void {
    this.#samples = []
  }

  /** Asks once. Rejects with what ioredis rejects with, except for a refusal. */
  async measure(client: Redis): Promise<void> {
    const asked = workerMicros()
    try {
      const [seconds = Number.NaN, micros = Number.NaN] = (await client.time()).map(Number)
      if (Number.isSafeInteger(seconds) && Number.isSafeInteger(micros)) this.add(asked, seconds * 1e6 + micros, workerMicros())
    } catch (error) {
      // Forbidden by the ACL: the offset stays unknown, which is shown.
      if (!(error instanceof Error && error.name === 'ReplyError')) throw error
    }
  }

  /** The server said `server` at some moment from `asked` to `answered`; all in µs. TIME cuts off parts of a µs. */
  add(asked: number, server: number, answered: number): void {
    const error = (answered - asked) / 2 + 1
    const offset = server - (asked + answered) / 2
    const fits = (old: Sample) => Math.abs(old.offset - offset) <= old.error + error + (answered - old.at) * drift
    // Where two measurements cannot both be true, one of the clocks was set meanwhile.
    if (!this.#samples.every(fits)) this.#samples = []
    this.#samples.push({ at: answered, offset, error })
    if (this.#samples.length > kept) this.#samples.shift()
  }
}
