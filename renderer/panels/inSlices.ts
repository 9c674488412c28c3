/** Long work beside the frames of the page: a slice of it right away, and one after each frame until it is done. */
import type { Steps } from '../model/steps'

/** ms: what is left of a frame is the page's. Less would take as many more frames. */
const slice = 12

/** When the next slice comes, and what time it is, ms. */
export interface Turns {
  readonly next: (run: () => void) => void
  readonly now: () => number
}

/** After the next frame is drawn: right in it, the slice would hold the frame up. A hidden page has no frames, and nobody who waits. */
export const afterFrames: Turns = {
  next(run) {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => {
        port1.close()
        run()
      }
      port2.postMessage(null)
    })
  },
  now: () => performance.now(),
}

/** Takes the steps; `done` may be called before it returns. Gives a function that gives them up. */
export function inSlices<T>(steps: Steps<T>, done: (value: T, took: number) => void, turns: Turns): () => void {
  let took = 0
  let isWanted = true
  const takeSlice = () => {
    if (!isWanted) return
    const begin = turns.now()
    let spent = 0
    while (spent < slice) {
      const step = steps.next()
      spent = turns.now() - begin
      if (step.done) return done(step.value, took + spent)
    }
    took += spent
    turns.next(takeSlice)
  }
  takeSlice()
  return () => {
    isWanted = false
  }
}
