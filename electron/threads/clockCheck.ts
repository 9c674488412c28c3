/** Measures over which span two threads' readings of the one clock agree, and what a mark costs, on this machine at this moment. */
import { createRing, MarkWriter, markCode } from './markRing'

const rounds = 60
/** On a busy machine a partner may be off its core; better a poor figure than a wait. */
const patienceMillis = 25

/** Values of the turn word. */
const asked = 1
const answering = 2
const ping = 3
const pong = 4
const over = 5

/** A turn word and the partner's reading, in memory of their own. */
export const createClockCheck = () => new SharedArrayBuffer(16)

/** By a parked thread when it was woken: answers pings, if there are any, until the other side is through. */
export function answerClockCheck(shared: SharedArrayBuffer, now: () => number): void {
  const turn = new Int32Array(shared, 0, 1)
  const reading = new Float64Array(shared, 8, 1)
  if (Atomics.compareExchange(turn, 0, asked, answering) !== asked) return
  Atomics.notify(turn, 0)
  const end = now() + patienceMillis * 1e6
  while (now() < end) {
    const what = Atomics.load(turn, 0)
    if (what === over) return
    if (what !== ping) continue
    reading[0] = now()
    Atomics.store(turn, 0, pong)
  }
}

/** Half the shortest round trip in real seconds; null where the partner did not answer. Both spin: a sleep would measure the waking. */
export function measureClockError(shared: SharedArrayBuffer, now: () => number, wakePartner: () => void): number | null {
  const turn = new Int32Array(shared, 0, 1)
  const reading = new Float64Array(shared, 8, 1)
  Atomics.store(turn, 0, asked)
  wakePartner()
  Atomics.wait(turn, 0, asked, patienceMillis)
  const end = now() + patienceMillis * 1e6
  let best = Number.POSITIVE_INFINITY
  for (let round = 0; round < rounds && now() < end; round++) {
    const sent = now()
    Atomics.store(turn, 0, ping)
    while (Atomics.load(turn, 0) !== pong && now() < end);
    const back = now()
    if (Atomics.load(turn, 0) !== pong) break
    const theirs = reading[0]!
    const outside = Math.max(0, sent - theirs, theirs - back)
    best = Math.min(best, (back - sent) / 2 + outside)
  }
  Atomics.store(turn, 0, over)
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
