/** The wall clock for countdowns: it ticks only while somebody counts. */
import { signal } from '@preact/signals'

/** ms since 1970 at the last tick. */
const wall = signal(Date.now())
let timer: ReturnType<typeof setInterval> | undefined

/** Whole seconds until a moment, from the person's point of view: 0 when it has come. Reading it keeps the clock ticking until then. */
export function secondsUntil(moment: number | null): number {
  if (moment === null) return 0
  wall.value // read, so that whoever shows the time is drawn again at the next tick
  const left = moment - Date.now()
  if (left > 0) keepTicking(moment)
  return Math.max(0, Math.ceil(left / 1000))
}

const tick = 250
let until = 0
function keepTicking(moment: number): void {
  until = Math.max(until, moment)
  timer ??= setInterval(() => {
    wall.value = Date.now()
    if (wall.value < until) return
    clearInterval(timer)
    timer = undefined
  }, tick)
}
