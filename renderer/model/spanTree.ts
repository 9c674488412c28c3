/**
 * What stands in one row, by time, with a tree over it, so that a million spans can be drawn, searched and summed up without being looked at one by
 * one. An item is a span by its index, or a task that ended without ever doing anything (`momentOf`).
 *
 * The tree has no pointers: node `i` of level `k` stands for the items from `i × 8ᵏ` to `(i + 1) × 8ᵏ`. It knows when the first of them begins and
 * the last ends (Infinity while one is open), which states and ends occur, and how much time each state takes: 42 bytes for eight items. Appending
 * computes the last node of each level, closing those above the item. Fan-out 8 is the balance: 4 needs twice the memory, 16 is slower.
 */
import { type End, endCode, ends, states } from '#protocol/vocabulary'
import { uint32 } from './columns'

const fanOutBits = 3
export const fanOut = 1 << fanOutBits
export const stateCount = states.length

/** A node's words: one bit for each state, then one for each end. */
export const stateBit = (code: number) => 1 << code
export const endBit = (code: number) => 1 << (stateCount + code)
export const allStates = (1 << stateCount) - 1
export const endBits = (of: readonly End[]) => of.reduce((bits, end) => bits | endBit(endCode[end]), 0)
/** Ends of which a picture must tell, from the most urgent. */
export const unwanted = ['failed', 'killed', 'cancelled'] as const satisfies readonly End[]
export const unwantedBits = endBits(unwanted)
/** Nobody asked for these ends of the task itself; a cancelled one was asked for. */
export const wrongBits = endBits(['failed', 'killed'])

/** What an item is in one byte: its state, and above it how its task ended, if it is the task's last. */
export const noState = 7
export const lookOf = (state: number, end: number | null) => state | (end === null ? 0 : (end + 1) << 3)
export const stateOfLook = (look: number) => look & 7
/** -1: it is not its task's last. */
export const endOfLook = (look: number) => (look >> 3) - 1
/** Byte → a node's words. */
export const bitsOf = Uint16Array.from({ length: 64 }, (_, look) => {
  const [state, end] = [stateOfLook(look), endOfLook(look)]
  return (state < stateCount ? stateBit(state) : 0) | (end >= 0 && end < ends.length ? endBit(end) : 0)
})

const firstMoment = 2 ** 31
export const momentOf = (task: number) => firstMoment + task
export const isMoment = (item: number) => item >= firstMoment
export const taskOfMoment = (item: number) => item - firstMoment

/** What the tree asks of the tables. Programme seconds. */
export interface Items {
  startOf(item: number): number
  /** Infinity while it is open. */
  endOf(item: number): number
  lookOf(item: number): number
}

const chunkBits = 12
const chunkLength = 1 << chunkBits
const chunkMask = chunkLength - 1

/** Nodes of one level; node `i` is at `i & 4095`. Eight siblings are always in the same chunk. */
export interface NodeChunk {
  readonly start: Float64Array
  readonly end: Float64Array
  readonly bits: Uint16Array
  /** Seconds of each state, `stateCount` for a node. Open spans are not in them. */
  readonly sums: Float32Array
}

const newChunk = (length: number): NodeChunk => ({
  start: new Float64Array(length),
  end: new Float64Array(length),
  bits: new Uint16Array(length),
  sums: new Float32Array(length * stateCount),
})

export class Level {
  length = 0
  private readonly chunks: NodeChunk[] = []

  chunkOf(node: number): NodeChunk {
    return this.chunks[node >>> chunkBits]!
  }

  /** Makes room for so many nodes. The first chunk grows from small to full, for a run may have thousands of short rows. */
  resize(length: number): void {
    this.length = length
    const { chunks } = this
    const first = chunks[0]
    const needed = Math.min(length, chunkLength)
    if (!first || first.start.length < needed) {
      const grown = newChunk(Math.min(chunkLength, 2 ** Math.ceil(Math.log2(Math.max(needed, fanOut)))))
      if (first) for (const key of ['start', 'end', 'bits', 'sums'] as const) grown[key].set(first[key])
      chunks[0] = grown
    }
    while (chunks.length << chunkBits < length) chunks.push(newChunk(chunkLength))
  }
}
/** Whether a node of level `step` − 1 begins with the item at the position. */
const beginsNode = (position: number, step: number) => (position & ((1 << (fanOutBits * step)) - 1)) === 0

/** Where a node stands in its chunk. */
export const inChunk = (node: number) => node & chunkMask

export class SpanTree {
  readonly items = uint32()
  /** From the finest (eight items a node) to the coarsest (at most eight nodes); none while there are at most eight items. */
  readonly levels: Level[] = []
  /** From this position on nodes do not say yet what is in them. */
  private stale = Infinity
  /** Since `takeChanges`: the first position at which something is new, and when the first of what was taken away began. */
  private changedFrom = Infinity
  private takenFrom = Infinity

  constructor(readonly of: Items) {}

  get length(): number {
    return this.items.length
  }

  push(item: number): void {
    this.stale = Math.min(this.stale, this.items.length)
    this.changedFrom = Math.min(this.changedFrom, this.items.length)
    this.items.push(item)
  }

  truncate(length: number): void {
    if (length >= this.items.length) return
    this.takenFrom = Math.min(this.takenFrom, this.of.startOf(this.items.get(length)))
    this.items.truncate(length)
    this.stale = Math.min(this.stale, length)
  }

  /** What stands at the position is another than before: it was closed, or its task ended. */
  changed(position: number): void {
    this.changedFrom = Math.min(this.changedFrom, position)
    if (position >= this.stale) return
    this.levels.forEach((_, level) => {
      this.compute(level, position >>> (fanOutBits * (level + 1)))
    })
  }

  /** From when on the row is another than it was at the last call; Infinity: nowhere. For the one that draws it while it grows. */
  takeChanges(): number {
    const { changedFrom, takenFrom } = this
    this.changedFrom = this.takenFrom = Infinity
    const first = changedFrom < this.items.length ? this.of.startOf(this.items.get(changedFrom)) : Infinity
    return Math.min(first, takenFrom)
  }

  /** Computes the nodes of what is new. To be called after a batch of changes, before anything is asked. */
  refresh(): void {
    if (this.stale === Infinity) return
    let from = Math.min(this.stale, this.items.length)
    this.stale = Infinity
    let below = this.items.length
    let level = 0
    for (; below > fanOut; level++) {
      from = this.levels[level] ? from >>> fanOutBits : 0
      below = (below + fanOut - 1) >>> fanOutBits
      this.levels[level] ??= new Level()
      this.levels[level]!.resize(below)
      for (let node = from; node < below; node++) this.compute(level, node)
    }
    this.levels.length = level
  }

  /** Position of an item that is in the row; its start says where. −1: it is not. */
  find(item: number): number {
    const { items, of } = this
    const start = of.startOf(item)
    let low = 0
    let high = items.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (of.startOf(items.get(middle)) < start) low = middle + 1
      else high = middle
    }
    for (; low < items.length && of.startOf(items.get(low)) === start; low++) if (items.get(low) === item) return low
    return -1
  }

  /** The first position from `from` on whose item ends at `time` or later; the length if there is none. */
  firstUntil(time: number, from = 0): number {
    const { items, of } = this
    for (let position = from; position < items.length; ) {
      const step = this.stepOver(position, time, 0)
      if (step === 0 && of.endOf(items.get(position)) >= time) return position
      position += 1 << (fanOutBits * step)
    }
    return items.length
  }

  /** The first position from `from` on that has one of the words; the length if there is none. */
  next(from: number, bits: number): number {
    const { items } = this
    for (let position = from; position < items.length; ) {
      const step = this.stepOver(position, Infinity, bits)
      if (step === 0 && (bitsOf[this.lookAt(position)]! & bits) !== 0) return position
      position += 1 << (fanOutBits * step)
    }
    return items.length
  }

  /** The last position before `before` that has one of the words; −1 if there is none. */
  previous(before: number, bits: number): number {
    let position = Math.min(before, this.length) - 1
    while (position >= 0) {
      if ((bitsOf[this.lookAt(position)]! & bits) !== 0) return position
      // Steps over the largest node that ends here and has none of them.
      let step = 0
      while (step < this.levels.length) {
        const shift = fanOutBits * (step + 1)
        const node = position >>> shift
        const { bits: has } = this.levels[step]!.chunkOf(node)
        if ((has[inChunk(node)]! & bits) !== 0) break
        step++
      }
      position = ((position >>> (fanOutBits * step)) << (fanOutBits * step)) - 1
    }
    return -1
  }

  /** Positions of the items that touch the time from `t0` to `t1`. */
  *between(t0: number, t1: number): Generator<number, void, undefined> {
    for (let position = this.firstUntil(t0); position < this.length; position++) {
      if (this.of.startOf(this.items.get(position)) > t1) return
      yield position
    }
  }

  /** Seconds of each state between two times, open items up to `now`, and how many items touch it. */
  sum(t0: number, t1: number, now: number): { readonly seconds: Float64Array; readonly count: number } {
    const seconds = new Float64Array(stateCount)
    let count = 0
    const { of, items } = this
    let position = this.firstUntil(t0)
    while (position < this.length) {
      const step = this.largestWithin(position, t0, t1)
      if (step > 0) {
        const node = position >>> (fanOutBits * step)
        const chunk = this.levels[step - 1]!.chunkOf(node)
        const at = inChunk(node)
        for (let code = 0; code < stateCount; code++) seconds[code]! += chunk.sums[at * stateCount + code]!
        const next = Math.min((node + 1) << (fanOutBits * step), this.length)
        count += next - position
        position = next
        continue
      }
      const item = items.get(position++)
      const start = of.startOf(item)
      if (start > t1) break
      const end = of.endOf(item)
      if (end < t0) continue
      count++
      const state = stateOfLook(of.lookOf(item))
      if (state < stateCount) seconds[state]! += Math.max(0, Math.min(end === Infinity ? now : end, t1) - Math.max(start, t0))
    }
    return { seconds, count }
  }

  /** Level + 1 of the largest node that begins at the position and lies between two times; 0: none does. */
  private largestWithin(position: number, t0: number, t1: number): number {
    let step = 0
    while (step < this.levels.length && beginsNode(position, step + 1)) {
      const node = position >>> (fanOutBits * (step + 1))
      const chunk = this.levels[step]!.chunkOf(node)
      if (!(chunk.start[inChunk(node)]! >= t0 && chunk.end[inChunk(node)]! <= t1)) break
      step++
    }
    return step
  }

  /** Level + 1 of the largest node that begins at the position, ends before `until` and has none of the words; 0: none does, or it begins none. */
  private stepOver(position: number, until: number, bits: number): number {
    const { levels } = this
    for (let step = 0; ; step++) {
      if (step === levels.length || !beginsNode(position, step + 1)) return step
      const node = position >>> (fanOutBits * (step + 1))
      const chunk = levels[step]!.chunkOf(node)
      const i = inChunk(node)
      if (bits === 0 ? chunk.end[i]! >= until : (chunk.bits[i]! & bits) !== 0) return step
    }
  }

  private lookAt(position: number): number {
    return this.of.lookOf(this.items.get(position))
  }

  private compute(level: number, node: number): void {
    const own = this.levels[level]!.chunkOf(node)
    const at = inChunk(node)
    let start = Infinity
    let end = -Infinity
    let bits = 0
    own.sums.fill(0, at * stateCount, (at + 1) * stateCount)
    const first = node << fanOutBits
    if (level === 0) {
      const { items, of } = this
      const last = Math.min(first + fanOut, items.length)
      for (let position = first; position < last; position++) {
        const item = items.get(position)
        const look = of.lookOf(item)
        const [from, to] = [of.startOf(item), of.endOf(item)]
        if (from < start) start = from
        if (to > end) end = to
        bits |= bitsOf[look]!
        const state = stateOfLook(look)
        if (state < stateCount && to !== Infinity) own.sums[at * stateCount + state]! += to - from
      }
    } else {
      const below = this.levels[level - 1]!
      const chunk = below.chunkOf(first)
      const last = Math.min(first + fanOut, below.length)
      for (let child = first; child < last; child++) {
        const i = inChunk(child)
        if (chunk.start[i]! < start) start = chunk.start[i]!
        if (chunk.end[i]! > end) end = chunk.end[i]!
        bits |= chunk.bits[i]!
        for (let code = 0; code < stateCount; code++) own.sums[at * stateCount + code]! += chunk.sums[i * stateCount + code]!
      }
    }
    own.start[at] = start
    own.end[at] = end
    own.bits[at] = bits
  }
}
