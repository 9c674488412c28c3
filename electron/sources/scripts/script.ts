/**
 * What a Lua script is, and what all of them share. Common rule: copy first, remove after. Redis does not roll back a script that fails half-way;
 * an error in between then leaves a duplicate, never a hole. All time is the server's. All keys are declared and share one hash tag.
 */
import { createHash } from 'node:crypto'
import type { Redis } from 'ioredis'

export type ScriptArg = string | number | Buffer

export interface Script {
  readonly lua: string
  readonly sha: string
}

/** Runs it by its hash; a server that does not know it yet gets the text. Rejects with what ioredis rejects with. */
export async function runScript(
  client: Redis,
  { sha, lua }: Script,
  keys: readonly string[],
  args: readonly ScriptArg[],
): Promise<unknown> {
  try {
    return await client.callBuffer('evalsha', [sha, keys.length, ...keys, ...args])
  } catch (error) {
    if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error
    return client.callBuffer('eval', [lua, keys.length, ...keys, ...args])
  }
}

/**
 * unpack takes at most some 4,000 values. A lease that ends at 0 is that of a consumer which is being reaped: it is as good as none. An envelope is
 * `<ord> <deaths> <origin> <payload>`.
 */
const helpers = `
local function now()
  local t = redis.call('TIME')
  return t[1] * 1000 + math.floor(t[2] / 1000)
end
local function int(n) return string.format('%.0f', n) end
local function holdsLease(consumers, sid)
  local lease = redis.call('ZSCORE', consumers, sid)
  return lease and tonumber(lease) > 0
end
local function pushAll(key, items)
  for i = 1, #items, 500 do redis.call('RPUSH', key, unpack(items, i, math.min(i + 499, #items))) end
end
local function stageBack(stage, queue)
  local items = redis.call('LRANGE', stage, 0, -1)
  pushAll(queue, items)
  redis.call('DEL', stage)
  return #items
end
local function book(stage, inflight, seq, id)
  local items = redis.call('LRANGE', stage, -1, -1)
  if #items == 0 or redis.call('HEXISTS', inflight, id) == 1 then return 0 end
  local ord = redis.call('INCR', seq)
  redis.call('HSET', inflight, id, int(ord) .. ' 0 - ' .. items[1])
  redis.call('RPOP', stage)
  return ord
end
local function open(envelope)
  local _, last, ord, deaths, origin = string.find(envelope, '^(%d+) (%d+) (%S+) ')
  if not ord then return 0, 0, '-', envelope end
  return tonumber(ord), tonumber(deaths), origin, string.sub(envelope, last + 1)
end
local function seal(ord, deaths, origin, payload) return int(ord) .. ' ' .. int(deaths) .. ' ' .. origin .. ' ' .. payload end
-- reason: a string of JSON, with its quotes.
local function deadLetter(dead, reason, id, sid, ord, deaths, payload)
  local line = '{"reason":' .. reason .. ',"id":' .. int(tonumber(id) or 0) .. ',"consumer":' .. cjson.encode(sid)
  line = line .. ',"ord":' .. int(ord) .. ',"at":' .. int(now()) .. ',"deaths":' .. int(deaths) .. '}\\n'
  redis.call('RPUSH', dead, line .. payload)
end
`

export function script(body: string): Script {
  const lua = `${helpers}${body}`
  return { lua, sha: createHash('sha1').update(lua).digest('hex') }
}
