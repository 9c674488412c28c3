/** One animation frame for all frames that came since the last one; the signals that follow them rise here and nowhere else. */
import { frames, slowFrames } from './index'

const slowMillis = 100
let pending = false
let lastSlow = 0

/** Tests and hidden pages have no animation frames; there a timer stands in. */
const nextFrame: (run: (time: number) => void) => void =
  typeof requestAnimationFrame === 'function'
    ? (run) => requestAnimationFrame(run)
    : (run) => setTimeout(() => run(performance.now()), 16)

export function framesChanged(): void {
  if (pending) return
  pending = true
  nextFrame(flush)
}

function flush(time: number): void {
  pending = false
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
