/** A Redis of the benchmark's own. */
import { rmSync } from 'node:fs'
import { type RedisServer, startRedis } from '../../support/redisServer'
import { atExit } from './children'

export async function withRedis<T>(work: (server: RedisServer) => Promise<T>): Promise<T> {
  const server = await startRedis()
  const forget = atExit(() => {
    void server.kill9()
    rmSync(server.folder, { recursive: true, force: true })
  })
  try {
    return await work(server)
  } finally {
    forget()
    await server.stop()
  }
}
