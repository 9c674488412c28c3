/** When a suspect has its turn though there is other work, so that a queue that is never empty does not keep it waiting for ever. */
const mostClaims = 16
const mostItems = 4096

export class SuspectTurn {
  /** Since the last turn. */
  #claims = 0
  #items = 0

  /** A claim of so many items is about to be made: whether it is its turn. */
  next(items: number): boolean {
    // It only books what is staged, and could bring none.
    if (items === 0) return false
    this.#claims += 1
    this.#items += items
    const due = this.#claims >= mostClaims || this.#items >= mostItems
    if (due) this.#claims = this.#items = 0
    return due
  }
}
