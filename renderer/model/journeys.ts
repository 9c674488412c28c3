/**
 * What became of the items of a queue outside the loop: when they were pushed, claimed and settled. Most come and go by the hundred, so a task keeps the
 * number of what it came and went with, in a byte or two. Taken in real nanoseconds, given in programme seconds; NaN = not known.
 */
import { none, type Slice } from '#protocol/frame'
import { type EnvelopeKind, envelopeKinds, type Settlement, settlements } from '#protocol/vocabulary'
import { Column, uint8 } from './columns'
import { packedTimes, packedWords } from './packedColumn'

export interface Journey {
  readonly claimed: number
  /** By the clock of who pushed it. */
  readonly pushed: number
  readonly envelope: EnvelopeKind
  /** The server was told of its end, and answered. */
  readonly sent: number
  readonly settled: number
  /** Null: it is not known to be settled. */
  readonly how: Settlement | null
}

const times = () => new Column((length) => new Float64Array(length))

export class Journeys {
  /** Of each task the number of its claim and of its settlement. */
  private readonly claim = packedWords(none)
  private readonly settlement = packedWords(none)
  private readonly claims = { time: times(), envelope: uint8() }
  private readonly settlements = { time: times(), sent: times(), how: uint8() }
  /** Only where something came in an envelope. */
  private pushed: ReturnType<typeof packedTimes> | null = null

  constructor(private readonly seconds: (nanos: number) => number) {}

  /** Tasks that may have one are below. */
  get length(): number {
    return this.claim.length
  }

  addClaim({ columns }: Slice<'claims'>, i: number): void {
    const { time, envelope } = this.claims
    const [task, at, kind, pushed] = [columns.task[i]!, columns.time[i]!, columns.envelope[i]!, columns.pushed[i]!]
    const last = time.length - 1
    if (last < 0 || time.get(last) !== at || envelope.get(last) !== kind) {
      time.push(at)
      envelope.push(kind)
    }
    this.mark(this.claim, task, columns.count[i]!, time.length - 1)
    if (Number.isNaN(pushed)) return
    this.pushed ??= packedTimes()
    // Whole, as the other times are.
    this.mark(this.pushed, task, columns.count[i]!, Math.round(pushed))
  }

  addSettlement({ columns }: Slice<'settlements'>, i: number): void {
    const { time, sent, how } = this.settlements
    const last = time.length - 1
    if (
      last < 0 ||
      time.get(last) !== columns.time[i] ||
      sent.get(last) !== columns.sent[i] ||
      how.get(last) !== columns.how[i]
    ) {
      time.push(columns.time[i]!)
      sent.push(columns.sent[i]!)
      how.push(columns.how[i]!)
    }
    this.mark(this.settlement, columns.task[i]!, columns.count[i]!, time.length - 1)
  }

  /** Null: it was taken from no queue, or that is not known. */
  of(task: number): Journey | null {
    const claim = at(this.claim, task, none)
    if (claim === none) return null
    const settlement = at(this.settlement, task, none)
    const isSettled = settlement !== none
    return {
      claimed: this.seconds(this.claims.time.get(claim)),
      pushed: this.pushedAt(task),
      envelope: envelopeKinds[this.claims.envelope.get(claim)]!,
      sent: isSettled ? this.seconds(this.settlements.sent.get(settlement)) : Number.NaN,
      settled: this.settledAt(task),
      how: isSettled ? settlements[this.settlements.how.get(settlement)]! : null,
    }
  }

  claimedAt(task: number): number {
    const claim = at(this.claim, task, none)
    return claim === none ? Number.NaN : this.seconds(this.claims.time.get(claim))
  }

  pushedAt(task: number): number {
    return this.pushed ? this.seconds(at(this.pushed, task, Number.NaN)) : Number.NaN
  }

  settledAt(task: number): number {
    const settlement = at(this.settlement, task, none)
    return settlement === none ? Number.NaN : this.seconds(this.settlements.time.get(settlement))
  }

  private mark(column: PackedTasks, task: number, count: number, value: number): void {
    const missing = column === this.pushed ? Number.NaN : none
    while (column.length < task) column.push(missing)
    for (let one = task; one < task + count; one++) {
      if (one < column.length) column.set(one, value)
      else column.push(value)
    }
  }
}

type PackedTasks = ReturnType<typeof packedWords>

const at = (column: PackedTasks, task: number, missing: number) => (task < column.length ? column.get(task) : missing)
