/** A password for tests, and the search for it in whatever an app left behind. */

export const password = 'Zwiebel@Kuchen7'
/** As it stands in a URL. */
export const typedPassword = 'Zwiebel%40Kuchen7'

/** Both of its ends, in any case. */
const ends = ['zwiebel', 'kuchen7']

/** Base64 of a text inside another one: without what depends on its neighbours, for each place that its first byte can have in a group of three. */
const base64 = ['Zwiebel', 'Kuchen7'].flatMap((text) =>
  [0, 1, 2].map((lead) => {
    const encoded = Buffer.concat([Buffer.alloc(lead), Buffer.from(text)]).toString('base64')
    return encoded.slice(lead === 0 ? 0 : lead + 1, Math.floor(((lead + text.length) * 8) / 6))
  }),
)

/** As text in one byte or two for each letter, wherever these begin, or in base64. */
export function holdsPassword(bytes: Buffer): boolean {
  const text = bytes.toString('latin1')
  const readings = [text, bytes.toString('utf16le'), bytes.subarray(1).toString('utf16le')].map((one) => one.toLowerCase())
  return readings.some((one) => ends.some((end) => one.includes(end))) || base64.some((word) => text.includes(word))
}
