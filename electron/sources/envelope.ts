/** What a command is given of an item that may be in an envelope. */
import { openEnvelope } from '#protocol/envelope'

const brace = 0x7b

/**
 * Bytes for a command: the payload of an envelope, else the very bytes. JSON is UTF-8, so what is not is no envelope; and a payload with half a
 * surrogate pair has no bytes of its own.
 */
export function payloadBytes(bytes: Buffer): Buffer {
  // What is no envelope by its first byte need not be decoded.
  const text = bytes[0] === brace ? bytes.toString() : ''
  const envelope = openEnvelope(text)
  if (!envelope || !Buffer.from(text).equals(bytes)) return bytes
  const payload = Buffer.from(envelope.payload)
  return payload.toString() === envelope.payload ? payload : bytes
}
