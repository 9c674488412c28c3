/** When the page is drawn for the first time. */
import { effect } from '@preact/signals'
import { connection, host } from './index'

/** Who waits longer than this for the engine is told so; ms. */
export const patienceMillis = 150

/** Resolves when the engine has answered, or when that has to be waited for: a page drawn before would be drawn twice within milliseconds. */
export function firstDrawing(): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(draw, patienceMillis)
    const stop = effect(() => {
      if (host.value !== null || connection.value.phase === 'lost') queueMicrotask(draw)
    })
    function draw() {
      clearTimeout(timer)
      stop()
      resolve()
    }
  })
}
