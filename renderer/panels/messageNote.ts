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
      return delay === null ? null : words.messageAfter(prose(delay, t().units), store.nameOf(marker.task ?? 0))
    })
    .filter((text) => text !== null)
  return messages.length > 0 ? words.messages(messages.join(', ')) : words.seconds
}
