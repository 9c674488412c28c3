/** What went wrong, as one sentence for the page, and what follows from it. */

/** unreachable: the connection is of no use, a new one is tried. refused: the server answered and said no. fenced: our lease was lost. */
export type TroubleKind = 'unreachable' | 'refused' | 'fenced'

export class Trouble extends Error {
  constructor(
    readonly kind: TroubleKind,
    /** What, where, what to do: one sentence or two. */
    readonly sentence: string,
    /** While refused: seconds until it is tried again. */
    readonly retrySeconds = 5,
  ) {
    super(sentence)
  }
}

/** What the sentences name. */
export interface Where {
  readonly address: string
  readonly queue: string
  redact(text: string): string
}

/** BLMOVE and LMOVE came with this version. */
export const oldestServer = '6.2'

type Sentence = (where: Where) => string

/** First word of the server's answer → sentence. */
const answers: Record<string, Sentence> = {
  WRONGTYPE: ({ address, queue }) => `The key “${queue}” at ${address} is not a list. Choose another key, or delete that one.`,
  NOAUTH: ({ address }) => `Redis at ${address} wants a password. Put it into the URL: redis://:password@host:port.`,
  WRONGPASS: ({ address }) => `Redis at ${address} does not accept this user and password. Correct them in the URL.`,
  READONLY: ({ address }) => `Redis at ${address} is a read-only replica. Use the address of its primary.`,
  MASTERDOWN: ({ address }) => `Redis at ${address} is a replica that lost its primary. Use the address of the primary.`,
  OOM: ({ address }) => `The memory of Redis at ${address} is full, so nothing can be taken. Free some, or raise its maxmemory.`,
  MISCONF: ({ address }) => `Redis at ${address} cannot save to its disk and takes no writes. Look into its log.`,
  LOADING: ({ address }) => `Redis at ${address} is still loading its data from disk. It is asked again in a second.`,
  NOPERM: ({ address, queue }) =>
    `The user of this URL may not do what is needed on “${queue}” and “ls:*” at ${address}. Extend its ACL.`,
  MOVED: ({ address, queue }) =>
    `Redis at ${address} is part of a cluster and “${queue}” lives on another node. Use that node's address.`,
  BUSY: ({ address }) => `Redis at ${address} is busy with a script of somebody else. It is asked again in a few seconds.`,
}

const sockets: Record<string, Sentence> = {
  ECONNREFUSED: ({ address }) => `Nothing listens at ${address}. Start Redis there, or correct the address.`,
  ENOTFOUND: ({ address }) => `There is no host of that name: ${address}.`,
  EAI_AGAIN: ({ address }) => `The name in ${address} cannot be looked up at the moment.`,
  ETIMEDOUT: ({ address }) => `${address} did not answer in time.`,
  EHOSTUNREACH: ({ address }) => `There is no way to ${address} from here.`,
  ENETUNREACH: ({ address }) => `There is no way to ${address} from here.`,
  ECONNRESET: ({ address }) => `${address} closed the connection.`,
  EPIPE: ({ address }) => `${address} closed the connection.`,
}

/**
 * A warning for what INFO tells of the memory, else null. Policies that begin with `volatile` drop only keys that are to expire anyway, and ours
 * never are.
 */
export function evictionWarning(info: string, { address }: Where): string | null {
  const policy = /^maxmemory_policy:(allkeys-\w+)/m.exec(info)?.[1]
  if (!policy) return null
  return `When its memory is full, Redis at ${address} drops keys, and with them tasks (maxmemory-policy ${policy}). Set it to noeviction.`
}

/** A refusal for a server without BLMOVE or of a version that is too old by INFO, else null; null too for what cannot be read (BLMOVE itself will tell). */
export function versionTrouble(info: string, hasBlmove: boolean, where: Where): Trouble | null {
  const version = /^redis_version:(\d+)\.(\d+)/m.exec(info)
  const isOld = version && (Number(version[1]) < 6 || (Number(version[1]) === 6 && Number(version[2]) < 2))
  if (isOld) return tooOld(where, ` (${version[1]}.${version[2]})`)
  return hasBlmove ? null : tooOld(where, '')
}

export const layoutTrouble = (found: string, where: Where) =>
  new Trouble(
    'refused',
    `The keys of “${where.queue}” at ${where.address} were written by another version of Loopscope (layout ${found.slice(0, 20)}); nothing was touched. Use that version, or another key.`,
  )

/** A key of our own has another type: the user's list is not to blame, and must not be deleted for it. */
export function ownKeysTrouble(error: unknown, key: string, where: Where): Trouble {
  const trouble = troubleOf(error, where)
  if (trouble.sentence !== answers['WRONGTYPE']?.(where)) return trouble
  return new Trouble(
    'refused',
    `The key “${key}” at ${where.address}, where Loopscope keeps its accounts, is of another type. Delete or rename it, or use another queue.`,
  )
}

/** Any error of ioredis → trouble. A bug of ours (a TypeError without a code) is thrown on. */
export function troubleOf(error: unknown, where: Where): Trouble {
  if (error instanceof Trouble) return error
  if (!(error instanceof Error)) throw error
  const message = where.redact(error.message)
  if (error.name === 'ReplyError') return refusal(message, where)
  const code = 'code' in error ? String(error.code) : (/\b(E[A-Z]{4,})\b/.exec(message)?.[1] ?? '')
  const known = sockets[code]
  if (known) return new Trouble('unreachable', known(where))
  if (/^Socket timeout/.test(message)) return new Trouble('unreachable', `${where.address} stopped answering.`)
  if (/Connection is closed|writeable|aborted due to connection close/.test(message)) {
    return new Trouble('unreachable', `${where.address} closed the connection.`)
  }
  if (error instanceof TypeError && !code) throw error
  return new Trouble('unreachable', `${where.address}: ${short(message)}`)
}

function refusal(message: string, where: Where): Trouble {
  // An error inside a script begins with its own word on new servers and with "ERR Error running script … : " on older ones.
  const text = message.replace(/^ERR Error (running|compiling) script.*?@user_script:\s*(\d+:)?\s*(-|@user_script: \d+: )?/, '')
  if (/unknown command|Unknown Redis command/i.test(text)) return tooOld(where, '')
  const word = /can't (run|access)/.test(text) ? 'NOPERM' : (/^[A-Z]+/.exec(text)?.[0] ?? '')
  const sentence = answers[word]
  if (sentence) return new Trouble('refused', sentence(where), word === 'LOADING' ? 1 : 5)
  return new Trouble('refused', `Redis at ${where.address} refused: ${short(text)}`)
}

const tooOld = ({ address }: Where, version: string) =>
  new Trouble(
    'refused',
    `Redis at ${address} is too old${version} or forbids BLMOVE. Loopscope needs Redis ${oldestServer} or newer, or Valkey.`,
  )

const short = (text: string) => {
  const line = text.split('\n')[0] ?? ''
  return line.length > 160 ? `${line.slice(0, 159)}…` : line
}
