/** Sorting of rows by a number each, of a million as of five: by digits of 16 bits from the last to the first, which keeps the order of equals. */

const digitBits = 16
const digits = 64 / digitBits
const buckets = 1 << digitBits
/** Below it, clearing the buckets takes longer than comparing. */
const fewRows = 4096

/** `rows` in the order of their keys; those whose key is NaN stand last either way. `keys[i]` is that of `rows[i]`. */
export function sortedBy(rows: Uint32Array, keys: Float64Array, descending: boolean): Uint32Array {
  return rows.length < fewRows ? compared(rows, keys, descending) : byDigits(rows, keys, descending)
}

function compared(rows: Uint32Array, keys: Float64Array, descending: boolean): Uint32Array {
  const sign = descending ? -1 : 1
  const order = Array.from(rows, (_, i) => i).sort((a, b) => {
    const [x, y] = [keys[a]!, keys[b]!]
    if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(x)) - Number(Number.isNaN(y)) || a - b
    return sign * (x - y) || a - b
  })
  return Uint32Array.from(order, (i) => rows[i]!)
}

/** The bits of a float, turned so that they compare as whole numbers do. */
function byDigits(rows: Uint32Array, keys: Float64Array, descending: boolean): Uint32Array {
  const { length } = rows
  const words = new Uint32Array(keys.slice().buffer)
  for (let i = 0; i < length; i++) {
    const isNegative = words[2 * i + 1]! >>> 31 === 1
    if (Number.isNaN(keys[i]!)) words.fill(0xffffffff, 2 * i, 2 * i + 2)
    else {
      const flip = (isNegative !== descending ? 0xffffffff : 0) >>> 0
      words[2 * i] = words[2 * i]! ^ flip
      words[2 * i + 1] = words[2 * i + 1]! ^ flip ^ (isNegative ? 0 : 0x80000000)
    }
  }
  let from = Uint32Array.from(rows, (_, i) => i)
  let to = new Uint32Array(length)
  const starts = new Uint32Array(buckets)
  for (let digit = 0; digit < digits; digit++) {
    const word = digit >> 1
    const shift = (digit & 1) * digitBits
    starts.fill(0)
    for (let i = 0; i < length; i++) starts[(words[2 * i + word]! >>> shift) & (buckets - 1)]!++
    // All alike: nothing moves.
    if (starts[(words[word]! >>> shift) & (buckets - 1)] === length) continue
    for (let bucket = 0, sum = 0; bucket < buckets; bucket++) {
      const count = starts[bucket]!
      starts[bucket] = sum
      sum += count
    }
    for (let i = 0; i < length; i++) {
      const at = from[i]!
      to[starts[(words[2 * at + word]! >>> shift) & (buckets - 1)]!++] = at
    }
    ;[from, to] = [to, from]
  }
  return from.map((i) => rows[i]!)
}
