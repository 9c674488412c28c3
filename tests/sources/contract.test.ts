import { afterAll, beforeAll, describe } from 'vitest'
import { sources } from '../../electron/sources/index'
import { describeRedis } from '../support/describeRedis'
import { type RedisServer, startRedis } from '../support/redisServer'
import { sourceContract } from '../support/sourceContract'

describe('memory', () => {
  sourceContract((settings) => sources.memory({ ...settings, url: '', queue: 'queue' }))
})

describeRedis('redis', () => {
  let server: RedisServer
  let queues = 0
  beforeAll(async () => {
    server = await startRedis()
  })
  afterAll(() => server.stop())
  sourceContract((settings) => sources.redis({ ...settings, url: server.url, queue: `queue${++queues}` }))
})
