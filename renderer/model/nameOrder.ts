/** The place of each name among others, the numbers at their ends as numbers: “task 9” stands before “task 10”. */
import { sortedBy } from './radixSort'
import { inBlocks, type Steps } from './steps'

const names = new Intl.Collator(undefined, { numeric: true })
/** So much of a name decides. */
const longest = 200

/** Of each of the strings that `used` holds, at the same index as it. */
export function* placesOf(strings: readonly string[], used: Uint32Array): Steps<Float64Array> {
  const heads = new Map<string, number>()
  const headOf = new Float64Array(used.length)
  const numberOf = new Float64Array(used.length)
  yield* inBlocks(used.length, (from, to) => {
    for (let i = from; i < to; i++) {
      const name = (strings[used[i]!] ?? '').slice(0, longest)
      const digits = digitsAtEnd(name)
      numberOf[i] = digits === 0 ? -1 : Number(name.slice(-digits))
      const head = digits === 0 ? name : name.slice(0, -digits)
      const known = heads.get(head) ?? heads.size
      heads.set(head, known)
      headOf[i] = known
    }
  })
  const placeOfHead = new Float64Array(heads.size)
  const inOrder = yield* merged([...heads.keys()])
  yield* inBlocks(inOrder.length, (from, to) => {
    for (let place = from; place < to; place++) placeOfHead[heads.get(inOrder[place]!)!] = place
  })
  const all = new Uint32Array(used.length)
  yield* inBlocks(used.length, (from, to) => {
    for (let i = from; i < to; i++) {
      all[i] = i
      headOf[i] = placeOfHead[headOf[i]!]!
    }
  })
  const numbered = yield* sortedBy(all, numberOf, false)
  const headInOrder = new Float64Array(used.length)
  yield* inBlocks(used.length, (from, to) => {
    for (let i = from; i < to; i++) headInOrder[i] = headOf[numbered[i]!]!
  })
  const order = yield* sortedBy(numbered, headInOrder, false)
  const places = new Float64Array(used.length)
  yield* inBlocks(used.length, (from, to) => {
    for (let place = from; place < to; place++) places[order[place]!] = place
  })
  return places
}

/** As many as a number holds exactly. */
const mostDigits = 15

function digitsAtEnd(name: string): number {
  let digits = 0
  while (digits < mostDigits && isDigit(name.charCodeAt(name.length - 1 - digits))) digits++
  return digits
}
const isDigit = (code: number) => code >= 48 && code <= 57

/** Comparing as people do takes long: a few thousand names would hold the page. */
function* merged(list: readonly string[]): Steps<readonly string[]> {
  let from = [...list]
  for (let width = 1; width < from.length; width *= 2) {
    const to: string[] = []
    for (let left = 0; left < from.length; left += 2 * width) {
      const middle = Math.min(left + width, from.length)
      const end = Math.min(left + 2 * width, from.length)
      let [a, b] = [left, middle]
      while (a < middle || b < end) {
        const takesLeft = b >= end || (a < middle && names.compare(from[a]!, from[b]!) <= 0)
        to.push(takesLeft ? from[a++]! : from[b++]!)
        if (to.length % 1024 === 0) yield
      }
    }
    from = to
  }
  return from
}
