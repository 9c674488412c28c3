/** Below the table: how long after a task's finish main knew of it. */
import { t } from '../locales'
import { prose } from '../model/format'
import { afterItsEnd } from '../model/messageDelay'
import type { RunView } from '../state'

/** More than the newest few would not be read. */
const atMost = 3

export function messageNote({ store }: RunView): string | null {
  const words = t().tasks
  const messages = store.markers
    .filter((marker) => marker.kind === 'message' && marker.task !== null)
    .slice(-atMost)
    .map((marker) => {
      const delay = afterItsEnd(store, marker)
      if (delay === null) return null
      const [time, task] = [prose(Math.abs(delay), t().units), store.nameOf(marker.task ?? 0)]
      return delay >= 0 ? words.messageAfter(time, task) : words.messageBefore(time, task)
    })
    .filter((text) => text !== null)
  return messages.length > 0 ? words.messages(messages.join(t().sentence.comma)) : words.seconds
}
