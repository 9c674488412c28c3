/**
 * Sorting of rows by a number each, of a million as of five: by digits of 11 bits from the last to the first, which keeps the order of equals.
 * The upper half of a float tells nearly all numbers apart; only where it does not is the lower half looked at.
 */
import { inBlocks, type Steps } from './steps'

const digitBits = 11
const digits = 3
const buckets = 1 << digitBits
/** Below it, clearing the buckets takes longer than comparing. */
const fewRows = 4096
/** So many with the same upper half are put in order one by one. */
const shortRun = 64

/** `rows` in the order of their keys; those whose key is NaN stand last either way. `keys[i]` is that of `rows[i]`. */
export function* sortedBy(rows: Uint32Array, keys: Float64Array, descending: boolean): Steps<Uint32Array> {
  if (rows.length < fewRows) return compared(rows, keys, descending)
  const { upper, lower } = yield* halves(keys, descending)
  const places = new Uint32Array(rows.length)
  yield* inBlocks(rows.length, (from, to) => {
    for (let i = from; i < to; i++) places[i] = i
  })
  const decided = yield* byDigits(places, upper)
  let [order] = decided
  if (!(yield* mendRuns(order, decided[1], lower))) {
    ;[order] = yield* byDigits(places, lower)
    ;[order] = yield* byDigits(order, upper)
  }
  yield* inBlocks(rows.length, (from, to) => {
    for (let i = from; i < to; i++) order[i] = rows[order[i]!]!
  })
  return order
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
function* halves(keys: Float64Array, descending: boolean): Steps<{ upper: Uint32Array; lower: Uint32Array }> {
  const upper = new Uint32Array(keys.length)
  const lower = new Uint32Array(keys.length)
  const words = new Uint32Array(keys.buffer, keys.byteOffset, 2 * keys.length)
  yield* inBlocks(keys.length, (from, to) => {
    for (let i = from; i < to; i++) {
      if (Number.isNaN(keys[i]!)) {
        upper[i] = lower[i] = 0xffffffff
        continue
      }
      const isNegative = words[2 * i + 1]! >>> 31 === 1
      const flip = isNegative !== descending ? 0xffffffff : 0
      lower[i] = words[2 * i]! ^ flip
      upper[i] = words[2 * i + 1]! ^ flip ^ (isNegative ? 0 : 0x80000000)
    }
  })
  return { upper, lower }
}

/** The places in the order of their keys, equals as they stand, and those keys. `keys[place]` is that of a place. */
function* byDigits(places: Uint32Array, keys: Uint32Array): Steps<[places: Uint32Array, keys: Uint32Array]> {
  const { length } = places
  const counts = Array.from({ length: digits }, () => new Uint32Array(buckets))
  // A key goes along with its place: looked up in each pass, it would be anywhere in memory.
  let keysFrom = new Uint32Array(length)
  yield* inBlocks(length, (from, to) => {
    const [low, middle, high] = counts as [Uint32Array, Uint32Array, Uint32Array]
    for (let i = from; i < to; i++) {
      const key = keys[places[i]!]!
      keysFrom[i] = key
      low[digitOf(key, 0)]!++
      middle[digitOf(key, 1)]!++
      high[digitOf(key, 2)]!++
    }
  })
  let keysTo = new Uint32Array(length)
  let placesFrom = places
  let spare: Uint32Array | null = null
  for (let digit = 0; digit < digits; digit++) {
    const next = counts[digit]!
    // All alike: nothing moves.
    if (next[digitOf(keysFrom[0]!, digit)] === length) continue
    for (let bucket = 0, sum = 0; bucket < buckets; bucket++) {
      const count = next[bucket]!
      next[bucket] = sum
      sum += count
    }
    const placesTo: Uint32Array = spare ?? new Uint32Array(length)
    const [fromKeys, toKeys, fromPlaces] = [keysFrom, keysTo, placesFrom]
    yield* inBlocks(length, (from, to) => {
      for (let i = from; i < to; i++) {
        const key = fromKeys[i]!
        const at = next[digitOf(key, digit)]!++
        toKeys[at] = key
        placesTo[at] = fromPlaces[i]!
      }
    })
    ;[keysFrom, keysTo] = [keysTo, keysFrom]
    // What was handed in stays as it is.
    spare = placesFrom === places ? null : placesFrom
    placesFrom = placesTo
  }
  return [placesFrom === places ? places.slice() : placesFrom, keysFrom]
}

const digitOf = (key: number, digit: number) => (key >>> (digit * digitBits)) & (buckets - 1)

/** Puts those with the same upper half in the order of the lower; false: there are too many together. `upper` in order, `lower` by place. */
function* mendRuns(order: Uint32Array, upper: Uint32Array, lower: Uint32Array): Steps<boolean> {
  let begin = 0
  let isShort = true
  yield* inBlocks(order.length, (from, to) => {
    for (let i = Math.max(from, 1); i < to && isShort; i++) {
      if (upper[i] !== upper[i - 1]) begin = i
      if (begin === i) continue
      const place = order[i]!
      let at = i
      while (at > begin && lower[order[at - 1]!]! > lower[place]!) {
        order[at] = order[at - 1]!
        at--
      }
      order[at] = place
      if (i - at > shortRun) isShort = false
    }
  })
  return isShort
}
