/** Views that were left, for the way back and forth, as a browser has it for pages. Moves that follow one another at once are one. */
import type { ViewState } from './timeView'

/** ms without a move after which the next one begins a new step. */
const together = 400
const longest = 100

export class ViewHistory {
  #past: ViewState[] = []
  #future: ViewState[] = []
  #lastMove = Number.NEGATIVE_INFINITY

  /** The user has moved away from `view`. `time` in ms, on any one clock. */
  leave(view: ViewState, time: number): void {
    const goesOn = time - this.#lastMove < together
    this.#lastMove = time
    if (goesOn) return
    this.#future = []
    this.#past.push(view)
    if (this.#past.length > longest) this.#past.shift()
  }

  /** What was seen before `now`; null: nothing was. */
  back(now: ViewState): ViewState | null {
    return this.#step(this.#past, this.#future, now)
  }
  /** What was seen before the last step back; null: there was none, or the user has moved since. */
  forward(now: ViewState): ViewState | null {
    return this.#step(this.#future, this.#past, now)
  }

  clear(): void {
    this.#past = []
    this.#future = []
    this.#lastMove = Number.NEGATIVE_INFINITY
  }

  #step(from: ViewState[], to: ViewState[], now: ViewState): ViewState | null {
    const view = from.pop()
    if (!view) return null
    to.push(now)
    this.#lastMove = Number.NEGATIVE_INFINITY
    return view
  }
}
