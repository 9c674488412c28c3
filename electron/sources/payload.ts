import { failure, type Result, success } from '#protocol/result'

/** A payload of the list is a decimal number of seconds, 0–86,400. The problem is one sentence, the payload in it cut at 40 characters. */
export function parsePayload(text: string): Result<number> {
  const seconds = /^\d+(\.\d+)?$|^\.\d+$/.test(text.trim()) ? Number(text) : Number.NaN
  if (seconds >= 0 && seconds <= 86_400) return success(seconds)
  const shown = text.length > 40 ? `${text.slice(0, 39)}…` : text
  return failure(`“${shown}” is not a number of seconds from 0 to 86,400.`)
}
