/** What a person may do with dead letters: look through them, take them out to a file, put them back into the queue, delete them. */
import type { Redis } from 'ioredis'
import {
  type DeadLetter,
  type DeadLetterAnswer,
  type DeadLetterChoice,
  type DeadLetterRequest,
  deadLetterLimits,
  type WholeDeadLetter,
} from '#protocol/deadLetters'
import { plainText } from '#protocol/plainText'
import { unreachable } from '#protocol/unreachable'
import type { QueueKeys } from './hashTag'
import { ownKeysTrouble, type Where } from './redisErrors'
import { look, settle } from './scripts/dead'
import { runScript, type Script, type ScriptArg } from './scripts/script'

/** Of one script, which holds up the whole server: a few ms. */
const examinedPerScript = 500
const bytesPerScript = 4 << 20
const settledPerScript = 250
/** Of one request, so that whoever asks hears how far it is. */
const scriptsPerRequest = 20
/** Of one answer with whole payloads; what one script gave beyond it is in it, too. */
const bytesPerExport = 1 << 20
/** Bytes of a reason or a consumer's name. */
const wordBytes = 1000
/** A character of UTF-8 has four at most. */
const shownBytes = 4 * deadLetterLimits.shown
const wholeBytes = 2 ** 31 - 1

/** Real ms between two counts. */
const countMs = 1000

/** Tells at once and from then on how many there are; null: the server does not say, by its ACL or for a key of another type. */
export function countDeadLetters(client: Redis, { dead }: QueueKeys, tell: (count: number | null) => void): NodeJS.Timeout {
  let asked = false
  const count = () => {
    if (asked) return
    asked = true
    client
      .llen(dead)
      .then(tell, (error: unknown) => {
        // Of a connection that was lost the count stays as it was last known.
        if (error instanceof Error && error.name === 'ReplyError') tell(null)
      })
      .finally(() => {
        asked = false
      })
  }
  count()
  return setInterval(count, countMs)
}

/** Never rejects but for a bug of ours: what the server or the line refused is a problem. */
export async function answerDeadLetters(
  client: Redis,
  keys: QueueKeys,
  where: Where,
  request: DeadLetterRequest,
): Promise<DeadLetterAnswer> {
  try {
    return await answer(new Asking(client, keys), request)
  } catch (error) {
    return { kind: 'problem', problem: ownKeysTrouble(error, keys.dead, where).sentence }
  }
}

function answer(asking: Asking, request: DeadLetterRequest): Promise<DeadLetterAnswer> {
  switch (request.kind) {
    case 'list':
      return asking.list(request.choice, request.want)
    case 'export':
      return asking.whole(request.choice)
    case 'retry':
    case 'clear':
      return asking.settle(request.choice, request.kind)
    default:
      return unreachable(request)
  }
}

/** One letter as `look` gives it. */
interface Found {
  readonly fields: Omit<DeadLetter, 'payload'>
  readonly payload: Buffer
}

class Asking {
  constructor(
    private readonly client: Redis,
    private readonly keys: QueueKeys,
  ) {}

  async list(choice: DeadLetterChoice, want: number): Promise<DeadLetterAnswer> {
    const letters: DeadLetter[] = []
    const { next, total } = await this.#through(choice, async (before) => {
      const { found, ...reached } = await this.#look({ ...choice, before }, want - letters.length, shownBytes)
      for (const { fields, payload } of found)
        letters.push({ ...fields, payload: plainText(payload.toString(), deadLetterLimits.shown) })
      return { ...reached, enough: letters.length >= want }
    })
    return { kind: 'list', letters, next, total }
  }

  async whole(choice: DeadLetterChoice): Promise<DeadLetterAnswer> {
    const letters: WholeDeadLetter[] = []
    let bytes = 0
    const { next, total } = await this.#through(choice, async (before) => {
      const { found, ...reached } = await this.#look({ ...choice, before }, examinedPerScript, wholeBytes)
      for (const { fields, payload } of found) {
        letters.push({ ...fields, ...encoded(payload) })
        bytes += payload.length
      }
      const next = letters.length < countOf(choice) ? reached.next : 0
      return { ...reached, next, enough: bytes >= bytesPerExport }
    })
    return { kind: 'export', letters, next, total }
  }

  async settle(choice: DeadLetterChoice, action: 'retry' | 'clear'): Promise<DeadLetterAnswer> {
    let [done, kept] = [0, 0]
    const { next, total } = await this.#through(choice, async (before) => {
      const [totalNow = 0, reached = 0, doneNow = 0, keptNow = 0] = (await this.#run(settle, { ...choice, before }, [
        action,
        settledPerScript,
      ])) as number[]
      done += doneNow
      kept += keptNow
      return { next: done + kept < countOf(choice) ? reached : 0, total: totalNow, enough: false }
    })
    return { kind: 'settled', done, kept, next, total }
  }

  /** One script after another, each from where the last one stopped. */
  async #through(
    { before }: DeadLetterChoice,
    step: (before: number | null) => Promise<{ next: number; total: number; enough: boolean }>,
  ): Promise<{ next: number; total: number }> {
    let place = before
    for (let script = 1; ; script++) {
      const { next, total, enough } = await step(place)
      if (next === 0 || enough || script === scriptsPerRequest) return { next, total }
      place = next
    }
  }

  async #look(choice: DeadLetterChoice, want: number, payloadBytes: number) {
    const [total, next, ...rows] = (await this.#run(look, choice, [want, payloadBytes, wordBytes])) as [number, number, ...Row[]]
    return { total, next, found: rows.map(letterOf) }
  }

  #run(script: Script, { names, find, before }: DeadLetterChoice, more: readonly ScriptArg[]): Promise<unknown> {
    const { dead, queue } = this.keys
    const named = names ?? []
    const args = [before ?? -1, examinedPerScript, bytesPerScript, lowerCase(find), named.length, ...named, ...more]
    return runScript(this.client, script, script === settle ? [dead, queue] : [dead], args)
  }
}

const countOf = ({ names }: DeadLetterChoice) => names?.length ?? Number.POSITIVE_INFINITY

/** As Lua does it there: only A to Z. */
const lowerCase = (text: string) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())

type Row = readonly [number, Buffer, number, Buffer, Buffer, Buffer, Buffer, Buffer, number, Buffer]

function letterOf([place, digest, known, reason, consumer, ord, at, deaths, bytes, payload]: Row): Found {
  const fields = {
    digest: digest.toString(),
    place,
    ord: numberOf(ord),
    at: numberOf(at),
    reason: known === 1 ? plainText(reason.toString(), wordBytes) : null,
    consumer: plainText(consumer.toString(), wordBytes),
    deaths: numberOf(deaths) ?? 0,
    bytes,
  }
  return { fields, payload }
}

/** A whole number that is not negative; anybody may have written the line, so all else is as if it were missing. */
function numberOf(text: Buffer): number | null {
  const value = text.length > 0 ? Number(text.toString()) : Number.NaN
  return Number.isSafeInteger(value) && value >= 0 ? value : null
}

/** What a decoder could not give back byte for byte is written in base64. */
function encoded(payload: Buffer): Pick<WholeDeadLetter, 'payload' | 'encoding'> {
  const text = payload.toString()
  return Buffer.from(text).equals(payload)
    ? { payload: text, encoding: 'utf-8' }
    : { payload: payload.toString('base64'), encoding: 'base64' }
}
