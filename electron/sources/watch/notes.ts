/** What should be known of a queue that is only looked at: one sentence each, with what to do about it. */
import type { LocalText } from '#protocol/catalogue'
import { plainText } from '#protocol/plainText'
import { Trouble, type Where } from '../redisErrors'

const short = (name: string) => plainText(name, 60)

export const emptyKey = ({ queue, address }: Where): LocalText => ({
  en: `There is no key “${short(queue)}” at ${address} now, as for every list that is empty. What is pushed is seen when it comes.`,
  zh: `${address} 上现在没有键“${short(queue)}”：列表为空时都是这样。推入的任务一到就能看到。`,
})

export const nobodysKeys = ({ queue }: Where, own: string): LocalText => ({
  en: `Nobody takes from “${short(queue)}” as Loopscope does: there is no key ${short(own)}. So its length is all that can be known; who works on it, and on what, is not.`,
  zh: `没有人以 Loopscope 的方式从“${short(queue)}”取任务：没有 ${short(own)} 这样的键。所以只能知道它的长度，不知道谁在处理、处理到哪里。`,
})

export const noFeed = ({ queue }: Where): LocalText => ({
  en: `The consumers of “${short(queue)}” tell nothing of their tasks: there is no feed. Bars of theirs appear once one of them writes it.`,
  zh: `“${short(queue)}”的消费者没有说明它们的任务：没有事件流。有消费者写入事件流后，这里才会出现它们的条。`,
})

export function manyConsumers({ queue }: Where, consumers: number, seen: number, asked: number): LocalText {
  const [all, part] = [consumers, seen].map((count) => count.toLocaleString('en'))
  if (seen < consumers) {
    return {
      en: `“${short(queue)}” has ${all} consumers, and ${part} of them are looked at: what the others hold is in no figure.`,
      zh: `“${short(queue)}”有 ${all} 个消费者，这里只查看其中 ${part} 个：其余消费者手里的任务没有计入。`,
    }
  }
  const seconds = Math.ceil(consumers / asked)
  return {
    en: `“${short(queue)}” has ${all} consumers: what they hold is asked of ${asked} of them a second, so that the number in flight is up to ${seconds} s old.`,
    zh: `“${short(queue)}”有 ${all} 个消费者：每秒询问其中 ${asked} 个手里有多少任务，所以进行中的数目最多是 ${seconds} 秒前的。`,
  }
}

export const otherLayout = ({ queue }: Where, layout: string): LocalText => ({
  en: `The keys of “${short(queue)}” are of another version of Loopscope (layout ${short(layout)}), and only its length is read. Watch it with that version.`,
  zh: `“${short(queue)}”的各个键属于另一个版本的 Loopscope（布局 ${short(layout)}），这里只读取长度。请用那个版本查看。`,
})

export const notAllowed = ({ address }: Where, commands: readonly string[]): LocalText => ({
  en: `The user of this URL may not send ${commands.join(', ')} at ${address}, so what these would tell is not known. Allow it +@read and the keys ls:*.`,
  zh: `这个地址的用户不能在 ${address} 上使用 ${commands.join('、')}，所以它们能说明的就不知道了。请给它 +@read 和 ls:* 各键的权限。`,
})

/** Lists in which BullMQ keeps the ids of jobs. */
const ofBullMq = /^(.+):(wait|active|paused)$/
/** What tells a queue of BullMQ: the hash of its settings. */
export const bullMqKey = (queue: string): string => `${ofBullMq.exec(queue)?.[1] ?? queue}:meta`
export const isBullMqList = (queue: string): boolean => ofBullMq.test(queue)

export const bullMqList = ({ queue }: Where): LocalText => ({
  en: `“${short(queue)}” is a list of BullMQ: it holds the ids of jobs, and their data, workers and failures are in keys of BullMQ's own. Its length is true; the rest only BullMQ's tools can tell.`,
  zh: `“${short(queue)}”是 BullMQ 的列表：里面是任务的编号，数据、工作进程和失败都在 BullMQ 自己的键里。长度是真的；其余的只有 BullMQ 的工具才知道。`,
})

export const bullMqName = ({ queue }: Where): LocalText => ({
  en: `“${short(queue)}” is the name of a queue of BullMQ, which is no list itself: its waiting jobs are in the list “${short(`${queue}:wait`)}”. Watch that one.`,
  zh: `“${short(queue)}”是一个 BullMQ 队列的名字，本身不是列表：等待的任务在列表“${short(`${queue}:wait`)}”里。请查看那个键。`,
})

export const unreadable = (count: number, problem: LocalText): LocalText => ({
  en: `${count} frames of the feed could not be read. The last: ${problem.en}`,
  zh: `事件流中有 ${count} 帧无法读懂。最近一帧：${problem.zh}`,
})

/** A watcher must not tell anybody to delete what it only looks at. `type`: as the server's TYPE says it. */
export const wrongType = (type: string, { queue, address }: Where): Trouble =>
  new Trouble('refused', 'WRONGTYPE', {
    en: `The key “${short(queue)}” at ${address} is of the type ${short(type)}, and a queue is a list. Nothing was touched; watch another key.`,
    zh: `${address} 上的键“${short(queue)}”是 ${short(type)} 类型，而队列是列表。什么都没有动；请查看别的键。`,
  })
