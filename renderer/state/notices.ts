/** Sentences that must be read once. The newest three are kept: an older one is about something that has passed. */
import { notices } from './index'

const kept = 3
let next = 1

export function addNotice(text: string): void {
  if (notices.value.some((notice) => notice.text === text)) return
  notices.value = [...notices.value, { id: next++, text }].slice(-kept)
}

export function dismissNotice(id: number): void {
  notices.value = notices.value.filter((notice) => notice.id !== id)
}
