/** What went wrong, as one sentence for the page, and what follows from it. */
import type { LocalText } from '#protocol/catalogue'
import type { Refusal } from '#protocol/messages'

/** unreachable: the connection is of no use, a new one is tried. refused: the server answered and said no. fenced: our lease was lost. */
export type TroubleKind = 'unreachable' | 'refused' | 'fenced'

export class Trouble extends Error {
  constructor(
    readonly kind: TroubleKind,
    /** One word that is the same in every language: the system's or the server's own where there is one. */
    readonly code: string,
    /** What, where, what to do: one sentence or two. */
    readonly sentence: LocalText,
    /** While refused: seconds until it is tried again. */
    readonly retrySeconds = 5,
  ) {
    super(sentence.en)
  }

  /** While refused: what it is about. */
  get refusal(): Refusal {
    return about[this.code] ?? 'server'
  }
}

const about: Record<string, Refusal> = {
  NOAUTH: 'user',
  WRONGPASS: 'user',
  NOPERM: 'user',
  WRONGTYPE: 'key',
  LAYOUT: 'key',
}

export const stoppedTrouble = () => new Trouble('unreachable', 'STOPPED', { en: 'Stopped.', zh: '已停止。' })

/** What the sentences name. */
export interface Where {
  readonly address: string
  readonly queue: string
  redact(text: string): string
}

/** BLMOVE and LMOVE came with this version. */
export const oldestServer = '6.2'

type Sentence = (where: Where) => LocalText

/** First word of the server's answer → sentence. */
const answers: Record<string, Sentence> = {
  WRONGTYPE: ({ address, queue }) => ({
    en: `The key “${queue}” at ${address} is not a list: something else is kept there, and it was left alone. Choose another name for the queue.`,
    zh: `${address} 上的键“${queue}”不是列表：那里存着别的内容，没有动它。请为队列换一个名字。`,
  }),
  NOAUTH: ({ address }) => ({
    en: `Redis at ${address} wants a password. Put it into the URL: redis://:password@host:port.`,
    zh: `${address} 上的 Redis 需要密码。请把密码写进地址：redis://:password@host:port。`,
  }),
  WRONGPASS: ({ address }) => ({
    en: `Redis at ${address} does not accept this user and password. Correct them in the URL.`,
    zh: `${address} 上的 Redis 不接受这个用户名和密码。请在地址里改正。`,
  }),
  READONLY: ({ address }) => ({
    en: `Redis at ${address} is a read-only replica. Use the address of its primary.`,
    zh: `${address} 上的 Redis 是只读副本。请使用主节点的地址。`,
  }),
  MASTERDOWN: ({ address }) => ({
    en: `Redis at ${address} is a replica that lost its primary. Use the address of the primary.`,
    zh: `${address} 上的 Redis 是副本，并且失去了主节点。请使用主节点的地址。`,
  }),
  OOM: ({ address }) => ({
    en: `The memory of Redis at ${address} is full, so nothing can be taken. Free some, or raise its maxmemory.`,
    zh: `${address} 上的 Redis 内存已满，取不出任何东西。请释放一些内存，或调高 maxmemory。`,
  }),
  MISCONF: ({ address }) => ({
    en: `Redis at ${address} cannot save to its disk and takes no writes. Look into its log.`,
    zh: `${address} 上的 Redis 无法写盘，因而不接受写入。请查看它的日志。`,
  }),
  LOADING: ({ address }) => ({
    en: `Redis at ${address} is still loading its data from disk. It is asked again in a second.`,
    zh: `${address} 上的 Redis 还在从磁盘载入数据。一秒后再问。`,
  }),
  NOPERM: ({ address, queue }) => ({
    en: `The user of this URL may not do what is needed on “${queue}” and “ls:*” at ${address}. Extend its ACL.`,
    zh: `这个地址的用户无权在 ${address} 上对“${queue}”和“ls:*”做所需的操作。请扩大它的 ACL。`,
  }),
  MOVED: ({ address, queue }) => ({
    en: `Redis at ${address} is part of a cluster and “${queue}” lives on another node. Use that node's address.`,
    zh: `${address} 上的 Redis 属于一个集群，而“${queue}”在另一个节点上。请使用那个节点的地址。`,
  }),
  BUSY: ({ address }) => ({
    en: `Redis at ${address} is busy with a script of somebody else. It is asked again in a few seconds.`,
    zh: `${address} 上的 Redis 正忙于别人的脚本。几秒后再问。`,
  }),
}

const noWay: Sentence = ({ address }) => ({
  en: `There is no way to ${address} from here.`,
  zh: `从这里无法到达 ${address}。`,
})
const closed: Sentence = ({ address }) => ({ en: `${address} closed the connection.`, zh: `${address} 关闭了连接。` })

const sockets: Record<string, Sentence> = {
  ECONNREFUSED: ({ address }) => ({
    en: `Nothing listens at ${address}. Start Redis there, or correct the address.`,
    zh: `${address} 上没有程序在监听。请在那里启动 Redis，或改正地址。`,
  }),
  ENOTFOUND: ({ address }) => ({
    en: `There is no host of that name: ${address}.`,
    zh: `没有叫这个名字的主机：${address}。`,
  }),
  EAI_AGAIN: ({ address }) => ({
    en: `The name in ${address} cannot be looked up at the moment.`,
    zh: `${address} 中的主机名暂时查不到。`,
  }),
  ETIMEDOUT: ({ address }) => ({ en: `${address} did not answer in time.`, zh: `${address} 没有及时应答。` }),
  EHOSTUNREACH: noWay,
  ENETUNREACH: noWay,
  ECONNRESET: closed,
  EPIPE: closed,
}

/**
 * A warning for what INFO tells of the memory, else null. Policies that begin with `volatile` drop only keys that are to expire anyway, and ours
 * never are.
 */
export function evictionWarning(info: string, { address }: Where): LocalText | null {
  const policy = /^maxmemory_policy:(allkeys-\w+)/m.exec(info)?.[1]
  if (!policy) return null
  return {
    en: `When its memory is full, Redis at ${address} drops keys, and with them tasks (maxmemory-policy ${policy}). Set it to noeviction.`,
    zh: `内存满时，${address} 上的 Redis 会丢弃键，任务也会随之丢失（maxmemory-policy ${policy}）。请把它设为 noeviction。`,
  }
}

/** A warning for a server that has lost its data, or was emptied, under a consumer with so many items in hand. */
export const emptiedWarning = (running: number, { address, queue }: Where): LocalText => ({
  en: `Redis at ${address} was emptied: what waited in “${queue}” is gone. Written back: ${running}, which run here. Push the others again.`,
  zh: `${address} 上的 Redis 被清空了：“${queue}”里等待的任务都没有了。已写回正在这里运行的 ${running} 个。其余的请重新推入。`,
})

/** A warning for frames of the feed that the server did not take. */
export function feedWarning(lost: number, { address }: Where): LocalText {
  const frames = lost.toLocaleString('en')
  return {
    en: `Others do not see all that happens here: Redis at ${address} did not take ${frames} frame${lost === 1 ? '' : 's'} of the event feed. The tasks are safe; look for its memory and its ACL.`,
    zh: `别人看不到这里发生的一切：${address} 上的 Redis 没有接受事件流中的 ${frames} 帧。任务是安全的；请检查它的内存和 ACL。`,
  }
}

/** A refusal for a server without BLMOVE or of a version that is too old by INFO, else null; null too for what cannot be read (BLMOVE itself will tell). */
export function versionTrouble(info: string, hasBlmove: boolean, where: Where): Trouble | null {
  const version = /^redis_version:(\d+)\.(\d+)/m.exec(info)
  const isOld = version && (Number(version[1]) < 6 || (Number(version[1]) === 6 && Number(version[2]) < 2))
  if (isOld) return tooOld(where, `${version[1]}.${version[2]}`)
  return hasBlmove ? null : tooOld(where, null)
}

export function layoutTrouble(found: string, { queue, address }: Where): Trouble {
  const layout = found.slice(0, 20)
  return new Trouble('refused', 'LAYOUT', {
    en: `The keys of “${queue}” at ${address} were written by another version of Loopscope (layout ${layout}); nothing was touched. Use that version, or another key.`,
    zh: `${address} 上“${queue}”的各个键是另一个版本的 Loopscope 写的（布局 ${layout}）；什么都没有动。请使用那个版本，或换一个键。`,
  })
}

/** A key of our own has another type: the user's list is not to blame, and must not be deleted for it. */
export function ownKeysTrouble(error: unknown, key: string, where: Where): Trouble {
  const trouble = troubleOf(error, where)
  if (trouble.code !== 'WRONGTYPE') return trouble
  return new Trouble('refused', trouble.code, {
    en: `The key “${key}” at ${where.address}, where Loopscope keeps its accounts, is of another type. Choose another name for the queue; or rename that key, if nobody needs it there.`,
    zh: `${where.address} 上的键“${key}”是 Loopscope 记账用的，类型却不对。请为队列换一个名字；如果没有人需要那个键在那里，也可以把它改名。`,
  })
}

/** Any error of ioredis → trouble. A bug of ours (a TypeError without a code) is thrown on. */
export function troubleOf(error: unknown, where: Where): Trouble {
  if (error instanceof Trouble) return error
  if (!(error instanceof Error)) throw error
  const message = where.redact(error.message)
  if (error.name === 'ReplyError') return refusal(message, where)
  const code = 'code' in error ? String(error.code) : (/\b(E[A-Z]{4,})\b/.exec(message)?.[1] ?? '')
  const known = sockets[code]
  if (known) return new Trouble('unreachable', code, known(where))
  const { address } = where
  if (/^Socket timeout/.test(message)) {
    return new Trouble('unreachable', 'TIMEOUT', { en: `${address} stopped answering.`, zh: `${address} 不再应答。` })
  }
  if (/Connection is closed|writeable|aborted due to connection close/.test(message)) {
    return new Trouble('unreachable', 'CLOSED', closed(where))
  }
  if (error instanceof TypeError && !code) throw error
  const said = short(message)
  return new Trouble('unreachable', code || 'ERROR', { en: `${address}: ${said}`, zh: `${address}：${said}` })
}

function refusal(message: string, where: Where): Trouble {
  // An error inside a script begins with its own word on new servers and with "ERR Error running script … : " on older ones.
  const text = message.replace(/^ERR Error (running|compiling) script.*?@user_script:\s*(\d+:)?\s*(@user_script: \d+: )?-?/, '')
  if (/unknown command|Unknown Redis command/i.test(text)) return tooOld(where, null)
  const word = /can't (run|access)/.test(text) ? 'NOPERM' : (/^[A-Z]+/.exec(text)?.[0] ?? '')
  const sentence = answers[word]
  if (sentence) return new Trouble('refused', word, sentence(where), word === 'LOADING' ? 1 : 5)
  const said = short(text)
  return new Trouble('refused', word || 'ERR', {
    en: `Redis at ${where.address} refused: ${said}`,
    zh: `${where.address} 上的 Redis 拒绝了：${said}`,
  })
}

const tooOld = ({ address }: Where, version: string | null) =>
  new Trouble('refused', 'VERSION', {
    en: `Redis at ${address} is too old${version ? ` (${version})` : ''} or forbids BLMOVE. Loopscope needs Redis ${oldestServer} or newer, or Valkey.`,
    zh: `${address} 上的 Redis 版本太旧${version ? `（${version}）` : ''}，或禁用了 BLMOVE。Loopscope 需要 Redis ${oldestServer} 或更新的版本，或者 Valkey。`,
  })

const short = (text: string) => {
  const line = text.split('\n')[0] ?? ''
  return line.length > 160 ? `${line.slice(0, 159)}…` : line
}
