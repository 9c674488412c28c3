/**
 * Whether this consumer may declare others dead. Where the server was away, or took no writes, for a while, nobody's lease was prolonged: the first to
 * come back would find all others dead and run what they run. So whoever was cut off itself lets one lease pass first.
 */
export class Outage {
  #prolonged: number | null = null
  #graceUntil = Number.NEGATIVE_INFINITY

  /** Real ms: after how long without a prolonged lease the grace is given, and for how long. */
  constructor(
    private readonly afterMs: number,
    private readonly graceMs: number,
  ) {}

  /** Our lease was prolonged. `asked`: when that was asked for, as all times here by `performance.now`. */
  prolonged(asked: number, now = performance.now()): void {
    if (this.#prolonged !== null && now - asked > this.afterMs) this.failed(now)
    this.#prolonged = now
  }

  /** We are registered anew, after a loss. */
  back(now = performance.now()): void {
    if (this.#prolonged !== null && now - this.#prolonged > this.afterMs) this.failed(now)
  }

  /** The server did not prolong it. */
  failed(now = performance.now()): void {
    this.#graceUntil = now + this.graceMs
  }

  mayJudge(now = performance.now()): boolean {
    return now >= this.#graceUntil
  }
}
