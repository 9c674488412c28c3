/** What a payload means and how it is shown. It comes from anybody who may push: it is never trusted with a length or with control characters. */
import { plainText } from '#protocol/plainText'
import { failure, type Result, success } from '#protocol/result'

const longestShown = 40
/** Characters of a payload as text. A number of seconds is far shorter; what is longer is refused and need not be decoded. */
const longestText = 1000

/** The payload as text; bytes that are not UTF-8 become replacement characters, what follows the first 1,000 bytes becomes an ellipsis. */
export const textOf = (bytes: Buffer): string =>
  bytes.length > longestText ? `${bytes.toString('utf8', 0, longestText)}…` : bytes.toString()

/** Bytes of payloads that are decoded together. */
const longestTogether = 64 * 1024
/** Bytes of a reply that one payload may keep in memory for as long as its task runs. */
const longestKept = 8 * 1024

/** `textOf` of payloads that lie back to back, of these lengths. */
export function textsOf(payloads: Buffer, lengths: readonly number[]): string[] {
  let at = 0
  // One decoding for all costs a fraction of one for each; only where a character is a byte it can be cut by the lengths of the bytes.
  const all = payloads.length <= longestTogether ? payloads.toString('latin1') : ''
  if (all === '' || /[\x80-\xff]/.test(all)) {
    return lengths.map((length) => {
      at += length
      return textOf(payloads.subarray(at - length, at))
    })
  }
  return lengths.map((length) => {
    at += length
    return length > longestText ? `${all.slice(at - length, at - length + longestText)}…` : all.slice(at - length, at)
  })
}

/** Bytes that are kept for long, apart from a long reply that they were part of. */
export const apart = (reply: Buffer, from: number, to: number): Buffer =>
  reply.length > longestKept ? Buffer.from(reply.subarray(from, to)) : reply

/** A payload of the list is a decimal number of seconds, 0–86,400. The problem is one sentence, the payload in it cut at 40 characters. */
export function parsePayload(text: string): Result<number> {
  const seconds = /^\d+(\.\d+)?$|^\.\d+$/.test(text.trim()) ? Number(text) : Number.NaN
  if (seconds >= 0 && seconds <= 86_400) return success(seconds)
  return failure(`“${shown(text)}” is not a number of seconds from 0 to 86,400.`)
}

/** At most 40 characters, and none that does anything but stand there. */
export const shown = (text: string) => plainText(text, longestShown)
