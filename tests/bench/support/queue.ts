/** A queue that is filled before and watched from outside while others empty it. */
import { join } from 'node:path'
import type { RedisServer } from '../../support/redisServer'
import { pause } from '../../support/until'
import { startProgram } from './program'

export const queue = 'queue'

/** A program of `anchors/`; its arguments are the port and `last`. */
export interface Script {
  readonly command: string
  readonly file: string
  readonly last: string
}
export const node = (file: string, last: string): Script => ({ command: process.execPath, file, last })
export const begin = ({ command, file, last }: Script, { port }: RedisServer) =>
  startProgram(command, [join('tests/bench/anchors', file), String(port), last])

/** Resolves when `count` tasks are there: put in by a process of its own. */
export async function fill(server: RedisServer, count: number, by: Script = node('fill.mjs', queue)): Promise<void> {
  const program = await begin(by, server)
  program.send(String(count))
  await program.finish()
}

/** Items that are waiting or booked, in our keys and in BullMQ’s, in one step of the server; it looks at no other key, of which BullMQ has one for each job. */
const left = `
local count = 0
for _, key in ipairs({'${queue}', 'bull:bench:wait', 'bull:bench:active'}) do count = count + redis.call('LLEN', key) end
for _, name in ipairs({'retry', 'suspects'}) do count = count + redis.call('ZCARD', 'ls:{${queue}}:' .. name) end
for _, sid in ipairs(redis.call('ZRANGE', 'ls:{${queue}}:consumers', 0, -1)) do
  count = count + redis.call('LLEN', 'ls:{${queue}}:stage:' .. sid) + redis.call('HLEN', 'ls:{${queue}}:inflight:' .. sid)
end
return count`

const lookMillis = 5
const patienceMillis = 300_000

export const leftIn = async ({ client }: RedisServer) => Number(await client.eval(left, 0))

/** Resolves with the moment, on the clock that all processes of the machine share, ns, at which at most `rest` items were left. */
export async function drained(server: RedisServer, rest = 0): Promise<number> {
  const end = performance.now() + patienceMillis
  for (;;) {
    if ((await leftIn(server)) <= rest) return Number(process.hrtime.bigint())
    if (performance.now() > end) throw new Error(`the queue was not empty after ${patienceMillis / 1000} s`)
    await pause(lookMillis)
  }
}
