/** What a payload means and how it is shown. It comes from anybody who may push: it is never trusted with a length or with control characters. */
import { plainText } from '#protocol/plainText'
import { failure, type Result, success } from '#protocol/result'

const longestShown = 40
/** Characters of a payload as text. A number of seconds is far shorter; what is longer is refused and need not be decoded. */
const longestText = 1000

/** The payload as text; bytes that are not UTF-8 become replacement characters, what follows the first 1,000 bytes becomes an ellipsis. */
export const textOf = (bytes: Buffer): string =>
  bytes.length > longestText ? `${bytes.toString('utf8', 0, longestText)}…` : bytes.toString()

/** A payload of the list is a decimal number of seconds, 0–86,400. The problem is one sentence, the payload in it cut at 40 characters. */
export function parsePayload(text: string): Result<number> {
  const seconds = /^\d+(\.\d+)?$|^\.\d+$/.test(text.trim()) ? Number(text) : Number.NaN
  if (seconds >= 0 && seconds <= 86_400) return success(seconds)
  return failure(`“${shown(text)}” is not a number of seconds from 0 to 86,400.`)
}

/** At most 40 characters, and none that does anything but stand there. */
export const shown = (text: string) => plainText(text, longestShown)
