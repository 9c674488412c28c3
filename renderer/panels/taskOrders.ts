/** The order that the table shows, and the one that is being made: until it is there the older one stays. */
import type { RunStore } from '../model/runStore'
import { type TaskQuery, taskOrderSteps } from '../model/taskOrder'
import { afterFrames, inSlices, type Turns } from './inSlices'

/** A query of one run at one length of its history. */
export interface Asked extends TaskQuery {
  readonly store: RunStore
  /** It goes on, and so does the order. */
  readonly live: boolean
}

export interface Known {
  readonly asked: Asked
  readonly order: Uint32Array
  readonly version: number
  /** When it was there, and how long it took, ms. */
  readonly at: number
  readonly took: number
}

/** Of a live run with a million tasks the order is made anew in a tenth of the time at most. */
const share = 10
/** ms: what takes no longer needs no words. */
const noticed = 200

export class TaskOrders {
  private known: Known | null = null
  private making: { readonly asked: Asked; readonly since: number; readonly cancel: () => void } | null = null

  /** `changed`: another order, or its being made, is to be shown. */
  constructor(
    private readonly changed: () => void,
    private readonly turns: Turns = afterFrames,
  ) {}

  /** What is shown: the newest order of the run, whether it is what was asked for or not yet. Null: its tasks as they were made. */
  ask(asked: Asked): Known | null {
    if (this.known?.asked.store !== asked.store) this.known = null
    if (this.making && !isSame(this.making.asked, asked)) this.cancel()
    if (!this.making && !this.isNew(asked)) this.make(asked)
    return this.known
  }

  /** Nothing is asked for any more. */
  forget(): void {
    this.cancel()
    this.known = null
  }

  /** What is shown is not what was asked for. */
  get isLate(): boolean {
    return this.making !== null && !(this.known && isSame(this.known.asked, this.making.asked))
  }

  /** It has not been for so long that it is to be said. */
  get isSlow(): boolean {
    return this.isLate && this.turns.now() - this.making!.since >= noticed
  }

  private isNew(asked: Asked): boolean {
    const { known } = this
    if (!known || !isSame(known.asked, asked)) return false
    return known.version === asked.store.version || (asked.live && this.turns.now() - known.at < share * known.took)
  }

  private make(asked: Asked): void {
    const { version } = asked.store
    const since = this.turns.now()
    let isLater = false
    const done = (order: Uint32Array, took: number) => {
      this.cancel()
      this.known = { asked, order, version, at: this.turns.now(), took }
      if (isLater) this.changed()
    }
    this.making = { asked, since, cancel: () => undefined }
    const giveUp = inSlices(taskOrderSteps(asked.store, asked), done, this.turns)
    isLater = true
    // Few tasks are in order at once.
    if (!this.making) return
    const timer = setTimeout(this.changed, noticed)
    const cancel = () => {
      giveUp()
      clearTimeout(timer)
    }
    this.making = { asked, since, cancel }
  }

  private cancel(): void {
    this.making?.cancel()
    this.making = null
  }
}

const parts = ['store', 'sorting', 'newestFirst', 'find', 'outcome', 'lane', 'endWord', 'stateWord'] as const
const isSame = (a: Asked, b: Asked) => parts.every((part) => a[part] === b[part])
