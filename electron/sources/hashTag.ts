/** Names of the keys that belong to one queue. All of them live in the queue's own hash slot, so that one script may touch them together. */
import type { LocalText } from '#protocol/catalogue'
import { failure, type Result, success } from '#protocol/result'

/** Version of the layout of the keys below. A server that holds another one is left alone. */
export const layoutVersion = '1'

/** `sid` names one incarnation of one consumer: `<name>.<generation>.<8 hex>`. */
export interface QueueKeys {
  /** The user's list. */
  readonly queue: string
  /** Pattern of all the keys below, for sentences. */
  readonly own: string
  readonly version: string
  /** String with a random id, set once: tells whether the server came back empty. */
  readonly epoch: string
  /** Counter that numbers the items in the order in which they were taken. */
  readonly seq: string
  /** Sorted set: sid → end of its lease, ms of the server's TIME. */
  readonly consumers: string
  /** Sorted set: sid → ms of its retirement; what a late BLMOVE left in its stage is swept. */
  readonly retired: string
  /** List of dead letters: one line of JSON, a line feed, the payload byte for byte. */
  readonly dead: string
  /** List of at most one item: what BLMOVE just took and no script has booked yet. */
  stage(sid: string): string
  /** Hash: local id → `<ord> <deaths> <origin> <payload bytes>`. */
  inflight(sid: string): string
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
    stage: (sid) => `${prefix}stage:${sid}`,
    inflight: (sid) => `${prefix}inflight:${sid}`,
  })
}

/** As Redis finds it: up to the first } after the first {, unless nothing is in between. */
function hashTag(key: string): string | null {
  const open = key.indexOf('{')
  const close = open < 0 ? -1 : key.indexOf('}', open + 1)
  return close > open + 1 ? key.slice(open + 1, close) : null
}
