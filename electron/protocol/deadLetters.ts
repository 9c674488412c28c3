/** Dead letters as page, engine and consumer speak of them. */
import type { LocalText } from './catalogue'

export interface DeadLetter {
  /** Names it: SHA-1, in hex, of its first line, which says what, when and whose it was. */
  readonly digest: string
  /** How many older ones there were when it was seen. It can only have become fewer since. */
  readonly place: number
  /** Number of the task; null: an older version buried it, which did not say. */
  readonly ord: number | null
  /** When it was buried, ms since 1970 on the server's clock; null: not known. */
  readonly at: number | null
  /** Null: its first line cannot be read, so Loopscope did not write it; then all of it is the payload, and it cannot be retried. */
  readonly reason: string | null
  readonly consumer: string
  /** Consumers that died with it. */
  readonly deaths: number
  /** At most 1,000 characters of it, none of which does anything but stand there. */
  readonly payload: string
  /** Size of the whole payload. */
  readonly bytes: number
}

/** As it stands in a file: with the whole payload, in base64 where that is not UTF-8. */
export interface WholeDeadLetter extends DeadLetter {
  readonly encoding: 'utf-8' | 'base64'
}

/** Which ones are meant, from the newest to the oldest. */
export interface DeadLetterChoice {
  /** Only these, by digest; null: whichever. */
  readonly names: readonly string[] | null
  /** Only those in whose reason, payload, consumer or `#ord` this stands, in whatever case; '': whichever. */
  readonly find: string
  /** Only those that have fewer older ones than that; null: also the newest. */
  readonly before: number | null
}

/** A request looks through some thousands at most; what is left is asked for with another, from `next` on. */
export type DeadLetterRequest =
  | { readonly kind: 'list'; readonly choice: DeadLetterChoice; readonly want: number }
  | { readonly kind: 'export'; readonly choice: DeadLetterChoice }
  | { readonly kind: 'retry' | 'clear'; readonly choice: DeadLetterChoice }

/** `total`: how many there are now. `next`: for `before`; 0: that was all. */
export type DeadLetterAnswer =
  | { readonly kind: 'list'; readonly letters: readonly DeadLetter[]; readonly next: number; readonly total: number }
  | { readonly kind: 'export'; readonly letters: readonly WholeDeadLetter[]; readonly next: number; readonly total: number }
  /** `done`: put back or deleted. `kept`: were to be retried, but nobody knows what in them is the payload. */
  | {
      readonly kind: 'settled'
      readonly done: number
      readonly kept: number
      readonly next: number
      readonly total: number
    }
  /** Why it was not done; what earlier requests did is done. */
  | { readonly kind: 'problem'; readonly problem: LocalText }

export const deadLetterLimits = {
  /** Of one choice. */
  names: 500,
  /** Characters. */
  find: 200,
  want: 200,
  /** Characters of a payload in a list. */
  shown: 1000,
} as const
