/** What every transport's end has in common: messages wait for the listener, and the news of the end comes once. */
import type { Undo } from '#protocol/channel'

export class Inbox<In> {
  private readonly early: In[] = []
  private listener: ((message: In) => void) | null = null
  private readonly closeListeners = new Set<() => void>()
  private gone = false

  /** Nothing is delivered any more. */
  get isOver(): boolean {
    return this.gone
  }

  /** A message arrived. After the end nothing is delivered any more. */
  deliver(message: In): void {
    if (this.gone) return
    if (this.listener) this.listener(message)
    else this.early.push(message)
  }

  /** The other end is gone. */
  end(): void {
    if (this.gone) return
    this.gone = true
    for (const listener of [...this.closeListeners]) listener()
    this.closeListeners.clear()
  }

  /** We closed it ourselves: nothing comes any more, and nobody needs to be told. */
  discard(): void {
    this.gone = true
    this.early.length = 0
    this.closeListeners.clear()
  }

  onMessage(listener: (message: In) => void): Undo {
    this.listener = listener
    // The listener may remove itself while it is given what waited; the rest then waits for the next one.
    while (this.listener === listener && this.early.length > 0) listener(this.early.shift()!)
    return () => {
      if (this.listener === listener) this.listener = null
    }
  }

  onClose(listener: () => void): Undo {
    if (this.gone) queueMicrotask(listener)
    else this.closeListeners.add(listener)
    return () => {
      this.closeListeners.delete(listener)
    }
  }
}
