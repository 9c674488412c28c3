/** Measures over which span two threads' readings of the one clock agree, and what a mark costs, on this machine at this moment. */
import { createRing, MarkWriter, markCode } from './markRing'

const rounds = 60
/** On a busy machine a partner may be off its core; better no figure than a wait. */
const patienceMillis = 100

/** A turn word and the partner's reading, in memory of their own. */
export const createClockCheck = () => new SharedArrayBuffer(16)

/** Answers pings until the other side is through. */
export function answerClockCheck(shared: SharedArrayBuffer, now: () => number): void {
  const turn = new Int32Array(shared, 0, 1)
  const reading = new Float64Array(shared, 8, 1)
  Atomics.store(turn, 0, 1)
  Atomics.notify(turn, 0)
  const end = now() + patienceMillis * 1e6
  for (let round = 0; round < rounds && now() < end; ) {
    if (Atomics.load(turn, 0) === -1) return
    if (Atomics.load(turn, 0) !== 2) continue
    reading[0] = now()
    Atomics.store(turn, 0, 3)
    round++
  }
}

/** Half the shortest round trip in real seconds; null where the partner did not answer. Both spin: a sleep would measure the waking. */
export function measureClockError(shared: SharedArrayBuffer, now: () => number): number | null {
  const turn = new Int32Array(shared, 0, 1)
  const reading = new Float64Array(shared, 8, 1)
  Atomics.wait(turn, 0, 0, 1000)
  const end = now() + patienceMillis * 1e6
  let best = Number.POSITIVE_INFINITY
  for (let round = 0; round < rounds && now() < end; round++) {
    const sent = now()
    Atomics.store(turn, 0, 2)
    while (Atomics.load(turn, 0) !== 3) if (now() > end) break
    const back = now()
    if (Atomics.load(turn, 0) !== 3) break
    const theirs = reading[0]!
    const outside = Math.max(0, sent - theirs, theirs - back)
    best = Math.min(best, (back - sent) / 2 + outside)
  }
  Atomics.store(turn, 0, -1)
  return Number.isFinite(best) ? best / 1e9 : null
}

/** Mean real seconds of one mark, into a ring that nobody reads. */
export function measureMarkCost(epoch: bigint): number {
  const count = 4000
  const time = () => {
    const writer = new MarkWriter(createRing(8192), epoch)
    const start = writer.now()
    for (let i = 0; i < count; i++) writer.mark(markCode.state, 2, 1, i)
    return (writer.now() - start) / count / 1e9
  }
  time() // the compiler's warm-up
  return time()
}
