/**
 * The Lua scripts: each is one atomic step. Common rule: copy first, remove after. Redis does not roll back a script that fails half-way; an
 * error in between then leaves a duplicate, never a hole. All time is the server's. All keys are declared and share one hash tag.
 */
import { createHash } from 'node:crypto'
import type { Redis } from 'ioredis'

export type ScriptArg = string | number | Buffer

export interface Script {
  readonly lua: string
  readonly sha: string
}

export const script = (lua: string): Script => ({ lua, sha: createHash('sha1').update(lua).digest('hex') })

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

/** unpack takes at most some 4,000 values. */
const helpers = `
local function now()
  local t = redis.call('TIME')
  return t[1] * 1000 + math.floor(t[2] / 1000)
end
local function int(n) return string.format('%.0f', n) end
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
  if #items > 0 and redis.call('HEXISTS', inflight, id) == 0 then
    redis.call('HSET', inflight, id, int(redis.call('INCR', seq)) .. ' 0 - ' .. items[1])
    redis.call('RPOP', stage)
  end
end
`

/**
 * KEYS queue stage inflight consumers seq. ARGV sid, id of the staged item or '', id of the first new item, wanted, bytes at which to stop.
 * Books the staged item, then takes from the queue's right end, reading only as many at a time as the bytes seen so far allow. → {1, items left, payload…}, or {-1} if the lease was lost.
 */
export const claim = script(`${helpers}
local queue, stage, inflight = KEYS[1], KEYS[2], KEYS[3]
if not redis.call('ZSCORE', KEYS[4], ARGV[1]) then
  stageBack(stage, queue)
  return {-1}
end
if ARGV[2] ~= '' then book(stage, inflight, KEYS[5], ARGV[2]) end
stageBack(stage, queue)
local base, want, limit = tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])
local taken, bytes, n = {}, 0, 1
while #taken < want and bytes < limit do
  n = math.min(n, want - #taken)
  local part = redis.call('LRANGE', queue, -#taken - n, -#taken - 1)
  for i = #part, 1, -1 do
    taken[#taken + 1] = part[i]
    bytes = bytes + #part[i]
    if bytes >= limit then break end
  end
  if #part < n then break end
  n = math.max(1, math.min(16, 2 * n, math.floor((limit - bytes) * #taken / (bytes + 1))))
end
if #taken > 0 then
  local first = redis.call('INCRBY', KEYS[5], #taken) - #taken
  for start = 1, #taken, 500 do
    local fields = {}
    for i = start, math.min(start + 499, #taken) do
      fields[#fields + 1] = int(base + i - 1)
      fields[#fields + 1] = int(first + i) .. ' 0 - ' .. taken[i]
    end
    redis.call('HSET', inflight, unpack(fields))
  end
  redis.call('LTRIM', queue, 0, -#taken - 1)
end
return {1, redis.call('LLEN', queue), unpack(taken)}
`)

/**
 * KEYS version epoch consumers retired queue seq, stage and inflight of the new sid, stage and inflight of the old. ARGV layout, sid, lease ms, id
 * for a new epoch, old sid or '', id of the staged item or '', then the older layouts that are raised to this one. One atomic answer to "what do I own?", and safe to repeat with the same names after
 * a lost reply. → {adopted 0 or 1, epoch, id…}, or {-2, layout found}.
 */
export const renew = script(`${helpers}
local version = redis.call('GET', KEYS[1])
local readable = not version
for _, layout in ipairs({ARGV[1], unpack(ARGV, 7)}) do readable = readable or version == layout end
if not readable then return {-2, version} end
local sid, old, t = ARGV[2], ARGV[5], now()
local stage, inflight, oldStage, oldInflight = KEYS[7], KEYS[8], KEYS[9], KEYS[10]
local adopted = 0
-- Keys of ours that have another type are found before anything is written.
local known, retired = redis.call('ZSCORE', KEYS[3], sid), redis.call('ZSCORE', KEYS[4], sid)
if version ~= ARGV[1] then redis.call('SET', KEYS[1], ARGV[1]) end
redis.call('SET', KEYS[2], ARGV[4], 'NX')
if known then adopted = 1 end
if old ~= '' then
  if redis.call('ZSCORE', KEYS[3], old) then
    adopted = 1
    if ARGV[6] ~= '' then book(oldStage, oldInflight, KEYS[6], ARGV[6]) end
    if redis.call('EXISTS', oldInflight) == 1 then redis.call('RENAME', oldInflight, inflight) end
    redis.call('ZADD', KEYS[3], int(t + ARGV[3]), sid)
    redis.call('ZREM', KEYS[3], old)
    redis.call('ZADD', KEYS[4], int(t), old)
  end
  stageBack(oldStage, KEYS[5])
end
stageBack(stage, KEYS[5])
redis.call('ZADD', KEYS[3], int(t + ARGV[3]), sid)
if retired then redis.call('ZREM', KEYS[4], sid) end
local reply = {adopted, redis.call('GET', KEYS[2])}
for _, id in ipairs(redis.call('HKEYS', inflight)) do reply[#reply + 1] = id end
return reply
`)

/** KEYS inflight consumers seq. ARGV sid, then id and payload alternately. Writes what is running here to a server that came back empty. → 1, or -1 if fenced. */
export const assertRunning = script(`${helpers}
if not redis.call('ZSCORE', KEYS[2], ARGV[1]) then return -1 end
for i = 2, #ARGV, 2 do
  if redis.call('HEXISTS', KEYS[1], ARGV[i]) == 0 then
    redis.call('HSET', KEYS[1], ARGV[i], int(redis.call('INCR', KEYS[3])) .. ' 0 - ' .. ARGV[i + 1])
  end
end
return 1
`)

/**
 * KEYS consumers queue retired. ARGV sid, lease ms, age in ms at which retired stages are swept. Prolongs the lease. → {1, length of the queue or -1
 * where the key is no list, leases that are over, stages to sweep}, or {-1} if the lease was lost.
 */
export const beat = script(`${helpers}
if not redis.call('ZSCORE', KEYS[1], ARGV[1]) then return {-1} end
local t = now()
redis.call('ZADD', KEYS[1], int(t + ARGV[2]), ARGV[1])
local length = redis.pcall('LLEN', KEYS[2])
return {1, type(length) == 'number' and length or -1, redis.call('ZCOUNT', KEYS[1], '-inf', int(t)), redis.call('ZCOUNT', KEYS[3], '-inf', int(t - ARGV[3]))}
`)

/** KEYS consumers retired. ARGV age as for beat. → {{sid whose lease is over…}, {sid whose stage is due…}}, at most 16 each. */
export const due = script(`${helpers}
local t = now()
return {
  redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', int(t), 'LIMIT', 0, 16),
  redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', int(t - ARGV[1]), 'LIMIT', 0, 16),
}
`)

/**
 * KEYS queue consumers retired, then stage and inflight of each sid. ARGV 'force' or '', sid…. Puts everything that these consumers hold back to the
 * queue's right end, the oldest to be taken first; a staged item is the newest of its consumer. Looks at the lease itself, so that any number of
 * reapers may race; 'force' is a consumer's own orderly farewell, also from a server that was emptied and knows it no more. → number of items.
 */
export const reap = script(`${helpers}
local t, entries, gone = now(), {}, {}
for i = 2, #ARGV do
  local lease = redis.call('ZSCORE', KEYS[2], ARGV[i])
  if ARGV[1] == 'force' or (lease and tonumber(lease) <= t) then
    local stage, inflight = KEYS[2 * i], KEYS[2 * i + 1]
    for _, payload in ipairs(redis.call('LRANGE', stage, 0, -1)) do entries[#entries + 1] = {math.huge, payload} end
    for _, value in ipairs(redis.call('HVALS', inflight)) do
      local _, last, ord = string.find(value, '^(%d+) %d+ %S+ ')
      entries[#entries + 1] = {tonumber(ord), string.sub(value, last + 1)}
    end
    gone[#gone + 1] = {ARGV[i], stage, inflight}
  end
end
table.sort(entries, function(a, b) return a[1] > b[1] end)
local payloads = {}
for i, entry in ipairs(entries) do payloads[i] = entry[2] end
pushAll(KEYS[1], payloads)
for _, each in ipairs(gone) do
  redis.call('ZADD', KEYS[3], int(t), each[1])
  redis.call('ZREM', KEYS[2], each[1])
  redis.call('DEL', each[2], each[3])
end
return #payloads
`)

/** KEYS queue retired, then the stage of each sid. ARGV age as for beat, sid…. What a connection that was dead only for us still moved. → number of items. */
export const sweep = script(`${helpers}
local t, count = now(), 0
for i = 2, #ARGV do
  local at = redis.call('ZSCORE', KEYS[2], ARGV[i])
  if at and tonumber(at) <= t - ARGV[1] then
    count = count + stageBack(KEYS[i + 1], KEYS[1])
    redis.call('ZREM', KEYS[2], ARGV[i])
  end
end
return count
`)

/** KEYS inflight dead. ARGV id, JSON object without its closing brace. The bytes move inside Redis, whatever a client makes of them. → 1, or 0 if it is gone. */
export const bury = script(`${helpers}
local value = redis.call('HGET', KEYS[1], ARGV[1])
if not value then return 0 end
local _, last, deaths = string.find(value, '^%d+ (%d+) %S+ ')
redis.call('RPUSH', KEYS[2], ARGV[2] .. ',"at":' .. int(now()) .. ',"deaths":' .. deaths .. '}\\n' .. string.sub(value, last + 1))
redis.call('HDEL', KEYS[1], ARGV[1])
return 1
`)
