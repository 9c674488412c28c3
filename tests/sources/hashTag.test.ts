import { describe, expect, test } from 'vitest'
import { queueKeys } from '../../electron/sources/hashTag'
import { describeRedis } from '../support/describeRedis'
import { startRedis } from '../support/redisServer'

const keysOf = (queue: string) => {
  const keys = queueKeys(queue)
  if (!keys.ok) throw new Error(keys.problem.en)
  const { stage, inflight, susp, ...plain } = keys.value
  return [...Object.values(plain), ...[stage, inflight, susp].map((of) => of('s.1.0'))]
}
const tagged = ['queue', '{a}b', 'a{b}c', 'a{b', '{}', '{{a}b', 'x{a}{b}', ' with space', 'ü']

test('names are those of the note on the layout', () => {
  expect(keysOf('queue')).toContain('ls:{queue}:inflight:s.1.0')
  for (const name of ['retry', 'suspects', 'susp:s.1.0', 'events', 'workers'])
    expect(keysOf('queue')).toContain(`ls:{queue}:${name}`)
  expect(keysOf('{a}b')).toContain('ls:{a}:{a}b:stage:s.1.0')
})

test('a key with } and no tag is refused', () => {
  for (const key of ['a}b', '}', '{}x', 'a}{b']) expect(queueKeys(key), key).toMatchObject({ ok: false })
})

test('no two queues share a key', () => {
  const all = tagged.filter((key) => queueKeys(key).ok).flatMap(keysOf)
  expect(new Set(all).size).toBe(all.length)
})

describe('against the server', () => {
  describeRedis('redis', () => {
    test('all keys of a queue live in its slot', async () => {
      const server = await startRedis('--cluster-enabled', 'yes')
      try {
        const slot = (key: string) => server.client.cluster('KEYSLOT', key)
        for (const key of tagged.filter((one) => queueKeys(one).ok)) {
          const slots = await Promise.all(keysOf(key).map(slot))
          expect(new Set(slots).size, `${key}: ${slots}`).toBe(1)
        }
      } finally {
        await server.stop()
      }
    })
  })
})
