/** Below the table: how long after a task's finish main knew of it. */
import { t } from '../locales'
import { prose } from '../model/format'
import type { RunView } from '../state'

/** More than the newest few would not be read. */
const atMost = 3

export function messageNote({ store, info }: RunView): string | null {
  const words = t().tasks
  const messages = store.markers
    .filter((marker) => marker.kind === 'message' && marker.task !== null)
    .slice(-atMost)
    .map((marker) => {
      const task = store.task(marker.task ?? 0)
      if (task.finished === null) return null
      // Real time: the way of a message does not become shorter when sleeps are played faster.
      const delay = (marker.seconds - task.finished) / info.speed
      return delay >= 0 ? words.messageAfter(prose(delay, t().units), task.name) : null
    })
    .filter((text) => text !== null)
  return messages.length > 0 ? words.messages(messages.join(', ')) : words.seconds
}
