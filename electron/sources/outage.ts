/**
 * What follows from when our lease was last prolonged. A reply that comes when it may be over brings what others may have been given. And where the
 * server was away, or took no writes, for a while, nobody's lease was prolonged: the first to come back would find all others dead and run what they
 * run. So whoever was cut off itself lets one lease pass before it declares others dead.
 */
export class Outage {
  #prolonged: number | null = null
  #graceUntil = Number.NEGATIVE_INFINITY
  #leasedUntil = Number.NEGATIVE_INFINITY

  /** Real ms: after how long without a prolonged lease the grace is given, and for how long a lease lasts; the grace, too. */
  constructor(
    private readonly afterMs: number,
    private readonly leaseMs: number,
  ) {}

  /** Our lease was prolonged. `asked`: when that was asked for, as all times here by `performance.now`. */
  prolonged(asked: number, now = performance.now()): void {
    if (this.#prolonged !== null && now - asked > this.afterMs) this.failed(now)
    this.#prolonged = now
    this.#leasedUntil = asked + this.leaseMs
  }

  /** We are registered anew, after a loss. `asked`: as above. */
  back(asked: number, now = performance.now()): void {
    this.#leasedUntil = asked + this.leaseMs
    if (this.#prolonged !== null && now - this.#prolonged > this.afterMs) this.failed(now)
  }

  /** The server did not prolong it. */
  failed(now = performance.now()): void {
    this.#graceUntil = now + this.leaseMs
  }

  /** Others may have been given what we hold. */
  mayBeDead(now = performance.now()): boolean {
    return now >= this.#leasedUntil
  }

  mayJudge(now = performance.now()): boolean {
    return now >= this.#graceUntil
  }
}
