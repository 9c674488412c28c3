/** The view, every move of it by the user, and the way back to what was seen before. */
import { TimeView } from '../model/timeView'
import { ViewHistory } from '../model/viewHistory'

/** ms after which what stands is drawn exactly. */
export const restsAfter = 150

export class ViewMoves {
  readonly view = new TimeView()
  private readonly history = new ViewHistory()
  private movedAt = Number.NEGATIVE_INFINITY

  /** A move by the user; tells whether the view is another. */
  make(move: (view: TimeView) => boolean): boolean {
    const left = this.view.state
    if (!move(this.view)) return false
    this.movedAt = performance.now()
    this.history.leave(left, this.movedAt)
    return true
  }

  /** To the view that was left last, or forward again. */
  step(direction: 1 | -1): boolean {
    const { view, history } = this
    const found = direction < 0 ? history.back(view.state) : history.forward(view.state)
    if (!found) return false
    this.movedAt = performance.now()
    // A run that has grown shorter than the view that was left has nothing there: the one before it is meant.
    return view.restore(found) || this.step(direction)
  }

  /** Other runs: what was seen of the ones before is nowhere to be come back to. */
  forget(): void {
    this.history.clear()
    this.view.reset()
  }

  get isMoving(): boolean {
    return performance.now() - this.movedAt < restsAfter
  }
}
