/**
 * Stands at the engine's end of one page's line: lets commands through, and says when the line must be closed. The limits are several times
 * what a page of ours ever needs, so only a page that is broken, or is not ours, meets them.
 */
import type { EngineCommand } from '#protocol/messages'
import { failure, type Result } from '#protocol/result'
import { Allowance } from './allowance'
import { parseCommand } from './commandSchema'

/** A page acknowledges at most three frames per drain of the rings: 190 messages a second. */
const messages = { burst: 2000, perSecond: 1000 }
/** Each is answered with a sentence, which costs more than the message did. */
const refusals = { burst: 1000, perSecond: 10 }
/** Each is answered with the whole history of every run. A page attaches when its line is new, and when it could not read a frame. */
const attachments = { burst: 10, perSecond: 1 }

export class LineGuard {
  readonly #messages: Allowance
  readonly #refusals: Allowance
  readonly #attachments: Allowance

  constructor(now?: () => number) {
    this.#messages = new Allowance(messages.burst, messages.perSecond, now)
    this.#refusals = new Allowance(refusals.burst, refusals.perSecond, now)
    this.#attachments = new Allowance(attachments.burst, attachments.perSecond, now)
  }

  /** Null: so many messages that the line must be closed. */
  take(message: unknown): Result<EngineCommand> | null {
    if (!this.#messages.take()) return null
    const command = parseCommand(message)
    if (command.ok && command.value.type === 'attach' && !this.#attachments.take())
      return failure('attach: asked for too often; nothing new was sent.')
    return command
  }

  /** A message was refused, here or by the engine. False: one too many, the line must be closed. */
  mayRefuseMore(): boolean {
    return this.#refusals.take()
  }
}

/** For the host's last words; null where nothing was refused. */
export const refusedSentence = (count: number): string | null =>
  count > 0 ? `Loopscope: ${count.toLocaleString('en')} messages of pages were refused.` : null

/** Why a line was closed, for the page and for the console. */
export const tooMany = 'too many messages, or too many that had to be refused'
