/** What consumers that are gone have left. */
import { script } from './script'

/**
 * KEYS queue consumers retired retry suspects dead seq workers, then stage, inflight and susp of the sid. ARGV sid, 'force' or '', entries and bytes at
 * which to stop, deaths from which an item is a suspect, deaths at which it is buried, the reason of that as JSON.
 *
 * Moves what this consumer holds to where it is taken again. It looks at the lease itself, so that any number of reapers may race; the first call
 * ends the lease for good, the last one, which leaves nothing, removes the name. Whoever died with a suspect in hand died of it: only that one grows
 * older. Of a consumer that left in order (`leave`) nobody died, and what a BLMOVE moved for it unseen goes back to the queue. 'force' is its own
 * farewell, also from a server that was emptied and knows it no more. → {items that are taken again, 1 if there is more, ord of each that was buried…}.
 */
export const reap = script(`
local sid, forced, t = ARGV[1], ARGV[2] == 'force', now()
local consumers, retry, suspects, dead, workers = KEYS[2], KEYS[4], KEYS[5], KEYS[6], KEYS[8]
local stage, inflight, susp = KEYS[9], KEYS[10], KEYS[11]
if not forced then
  local lease = redis.call('ZSCORE', consumers, sid)
  if not lease or tonumber(lease) > t then return {0, 0} end
  redis.call('ZADD', consumers, 0, sid)
end
local orderly = forced or string.find(redis.call('HGET', workers, sid) or '', '"leaving":true', 1, true)
local most, limit = tonumber(ARGV[3]), tonumber(ARGV[4])
local blamed = redis.call('GET', susp)
local buried, moved, bytes, seen = {}, 0, 0, 0
local function moveOn(id, ord, deaths, origin, payload)
  if not orderly and (not blamed or blamed == int(ord)) then deaths = deaths + 1 end
  if origin == '-' then origin = sid .. ':' .. id end
  if deaths >= tonumber(ARGV[6]) then
    deadLetter(dead, ARGV[7], id, sid, ord, deaths, payload)
    buried[#buried + 1] = ord
    return
  end
  redis.call('ZADD', deaths >= tonumber(ARGV[5]) and suspects or retry, int(ord), seal(ord, deaths, origin, payload))
  moved = moved + 1
end
local left = redis.call('HLEN', inflight)
if left > 0 then
  for _, id in ipairs(redis.call('HRANDFIELD', inflight, most)) do
    -- Once it is read it is moved: a server with small memory for scripts reads no value in vain.
    if seen > 0 and bytes + redis.call('HSTRLEN', inflight, id) > limit then break end
    local value = redis.call('HGET', inflight, id)
    moveOn(id, open(value))
    redis.call('HDEL', inflight, id)
    bytes, seen = bytes + #value, seen + 1
  end
end
if seen == left then
  if orderly then
    moved = moved + stageBack(stage, KEYS[1])
  else
    local staged = redis.call('LRANGE', stage, 0, -1)
    for _, payload in ipairs(staged) do moveOn('stage', redis.call('INCR', KEYS[7]), 0, '-', payload) end
    redis.call('DEL', stage)
  end
  redis.call('DEL', susp)
  redis.call('HDEL', workers, sid)
  redis.call('ZADD', KEYS[3], int(t), sid)
  redis.call('ZREM', consumers, sid)
end
return {moved, seen == left and 0 or 1, unpack(buried)}
`)

/** KEYS queue retired, then the stage of each sid. ARGV age as for beat, sid…. What a connection that was dead only for us still moved. → number of items. */
export const sweep = script(`
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
