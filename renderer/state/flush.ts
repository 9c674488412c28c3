/** One animation frame for all frames that came since the last one; the signals that follow them rise here and nowhere else. */
import { frames, slowFrames } from './index'

const slowMillis = 100
/** While more of a long run is on its way it is not drawn again before so long: the time is better spent on taking it in. */
const comingMillis = 250
let pending = false
/** What came last may wait for `comingMillis`. */
let patient = true
let lastDrawn = 0
let lastSlow = 0

/** Tests and hidden pages have no animation frames; there a timer stands in. */
const nextFrame: (run: (time: number) => void) => void =
  typeof requestAnimationFrame === 'function'
    ? (run) => requestAnimationFrame(run)
    : (run) => setTimeout(() => run(performance.now()), 16)

/** `coming`: more of a long run is on its way. */
export function framesChanged(coming = false): void {
  if (!coming) patient = false
  if (pending) return
  pending = true
  nextFrame(flush)
}

function flush(time: number): void {
  if (patient && time - lastDrawn < comingMillis) {
    nextFrame(flush)
    return
  }
  pending = false
  patient = true
  lastDrawn = time
  frames.value++
  const early = lastSlow + slowMillis - time
  if (early <= 0) raiseSlow(time)
  else slowTimer ??= setTimeout(() => raiseSlow(performance.now()), early)
}

let slowTimer: ReturnType<typeof setTimeout> | undefined
function raiseSlow(time: number): void {
  clearTimeout(slowTimer)
  slowTimer = undefined
  lastSlow = time
  slowFrames.value++
}
