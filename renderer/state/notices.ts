/** Sentences that must be read once. The newest three are kept: an older one is about something that has passed. */
import { notices } from './index'

const kept = 3
let next = 1

/** `say` is asked whenever it is shown, so that it follows the language of the page. */
export function addNotice(say: () => string): void {
  if (notices.value.some((notice) => notice.say() === say())) return
  notices.value = [...notices.value, { id: next++, say }].slice(-kept)
}

export function dismissNotice(id: number): void {
  notices.value = notices.value.filter((notice) => notice.id !== id)
}
