/** Names of the keys that belong to one queue. All of them live in the queue's own hash slot, so that one script may touch them together. */
import type { LocalText } from '#protocol/catalogue'
import { failure, type Result, success } from '#protocol/result'

/** Version of the layout of the keys below. A server that holds one that is not readable is left alone. */
export const layoutVersion = '2'
/** Of '1' everything reads the same; it counted no deaths and had no retry, suspects, events and workers. It is raised in place at registration. */
export const readableLayouts: readonly string[] = ['1', layoutVersion]

/** `sid` names one incarnation of one consumer: `<name>.<generation>.<8 hex>`. */
export interface QueueKeys {
  /** The user's list. */
  readonly queue: string
  /** Pattern of all the keys below, for sentences. */
  readonly own: string
  readonly version: string
  /** String with a random id, set once: tells whether the server came back empty. */
  readonly epoch: string
  /** Counter that numbers the items in the order in which they were first taken; an item keeps its number (`ord`) for life. */
  readonly seq: string
  /** Sorted set: sid → end of its lease, ms of the server's TIME. */
  readonly consumers: string
  /** Sorted set: sid → ms of its retirement; what a late BLMOVE left in its stage is swept. */
  readonly retired: string
  /** List of dead letters: one line of JSON, a line feed, the payload byte for byte. */
  readonly dead: string
  /** Sorted set: envelope `<ord> <deaths> <origin> <payload bytes>` of an item that was recovered or given back → ord. Taken before the queue. */
  readonly retry: string
  /** As `retry`, for items that may be what kills their consumers: they are tried one at a time. */
  readonly suspects: string
  /** Stream of frames: what consumers tell of their items. */
  readonly events: string
  /** Hash: sid → one object of JSON that says who the consumer is, and `"leaving":true` once it leaves in order. */
  readonly workers: string
  /** List of at most one item: what BLMOVE just took and no script has booked yet. */
  stage(sid: string): string
  /** Hash: local id → `<ord> <deaths> <origin> <payload bytes>`. `origin`: `-`, or `<first sid>:<its local id>` of an item that was recovered. */
  inflight(sid: string): string
  /** String: ord of the suspect that this consumer is trying. */
  susp(sid: string): string
}

/**
 * The part of a key that Redis hashes is the inside of its first `{…}`, else the whole key. Wrapping a key that has braces itself once more
 * would change its slot, so its own tag is used and the whole key follows, or `{a}b` and `{a}c` would share their bookkeeping.
 */
export function queueKeys(queue: string): Result<QueueKeys, LocalText> {
  const tag = hashTag(queue)
  if (tag === null && queue.includes('}')) {
    return failure({
      en: `The key “${queue}” has a } without a {tag} before it: use a key without }, or with a whole {tag}.`,
      zh: `键“${queue}”里有 }，前面却没有完整的 {tag}：请使用不含 } 的键，或写全 {tag}。`,
    })
  }
  const prefix = tag === null ? `ls:{${queue}}:` : `ls:{${tag}}:${queue}:`
  return success({
    queue,
    own: `${prefix}*`,
    version: `${prefix}version`,
    epoch: `${prefix}epoch`,
    seq: `${prefix}seq`,
    consumers: `${prefix}consumers`,
    retired: `${prefix}retired`,
    dead: `${prefix}dead`,
    retry: `${prefix}retry`,
    suspects: `${prefix}suspects`,
    events: `${prefix}events`,
    workers: `${prefix}workers`,
    stage: (sid) => `${prefix}stage:${sid}`,
    inflight: (sid) => `${prefix}inflight:${sid}`,
    susp: (sid) => `${prefix}susp:${sid}`,
  })
}

/** As Redis finds it: up to the first } after the first {, unless nothing is in between. */
function hashTag(key: string): string | null {
  const open = key.indexOf('{')
  const close = open < 0 ? -1 : key.indexOf('}', open + 1)
  return close > open + 1 ? key.slice(open + 1, close) : null
}
