/** Taking items and getting rid of them. */
import { script } from './script'

/** Of the queue a consumer takes no more than its share at once, or so many: who asks first must not take all there is. */
const fairItems = 100

/**
 * KEYS queue stage inflight consumers seq retry suspects susp dead. ARGV sid, id of the staged item, id of the first new item, wanted, bytes at which
 * to stop, '1' where a suspect may be taken though there is other work, deaths at which an item is buried, the reason of that as JSON. The id of the
 * staged item is '' where nothing is staged that we know of (what lies there goes back), and '-' where a BLMOVE is under way (what lies there is its).
 *
 * Books the staged item; then takes recovered items, oldest first, then the queue's right end, reading only as many at a time as the bytes seen so
 * far allow, and no more than this consumer's share; and one suspect, if none is in our hands and there was nothing else or it is its turn. All that
 * is asked for counts as one batch, under ids in this order. → {1, left in queue and retry, suspects left, ord of the staged item or 0, ord of the
 * first that came from the queue, 1 if the last of the recovered is a suspect, number of recovered, then ord, deaths, origin and payload of each
 * recovered, lengths of the payloads from the queue as decimals with a space between, those payloads back to back}, or {-1} if the lease was lost. Two
 * long strings cost a client far less than hundreds of short ones.
 */
export const claim = script(`
local queue, stage, inflight, seq = KEYS[1], KEYS[2], KEYS[3], KEYS[5]
local retry, suspects, susp, dead = KEYS[6], KEYS[7], KEYS[8], KEYS[9]
local sid, staged, maxDeaths, reason = ARGV[1], ARGV[2], tonumber(ARGV[7]), ARGV[8]
if not holdsLease(KEYS[4], sid) then
  if staged ~= '-' then stageBack(stage, queue) end
  return {-1}
end
local stagedOrd = 0
if staged ~= '' and staged ~= '-' then stagedOrd = book(stage, inflight, seq, staged) end
if staged ~= '-' then stageBack(stage, queue) end
-- Before anything is taken: a key that is no list refuses all of it.
local share = math.ceil(redis.call('LLEN', queue) / redis.call('ZCARD', KEYS[4]))
local base, want, limit = tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])
local bytes = 0
local function gather(most, get)
  local taken, n = {}, 1
  while #taken < most and bytes < limit do
    n = math.min(n, most - #taken)
    local part = get(#taken, n)
    for i = 1, #part do
      taken[#taken + 1] = part[i]
      bytes = bytes + #part[i]
      if bytes >= limit then break end
    end
    if #part < n then break end
    n = math.max(1, math.min(16, 2 * n, math.floor((limit - bytes) * #taken / (bytes + 1))))
  end
  return taken
end
local recovered, suspect = {}, 0
local function takeBack(key, envelopes, most)
  local count = 0
  for _, envelope in ipairs(envelopes) do
    local ord, deaths, origin, payload = open(envelope)
    if deaths >= maxDeaths then
      deadLetter(dead, reason, 0, sid, ord, deaths, payload)
    else
      redis.call('HSET', inflight, int(base + #recovered / 4), seal(ord, deaths, origin, payload))
      recovered[#recovered + 1] = ord
      recovered[#recovered + 1] = deaths
      recovered[#recovered + 1] = origin
      recovered[#recovered + 1] = payload
      count = count + 1
    end
    redis.call('ZREM', key, envelope)
  end
  return count
end
local function fromRetry(skip, n) return redis.call('ZRANGE', retry, skip, skip + n - 1) end
if want > 0 then takeBack(retry, gather(want, fromRetry)) end
local function fromSuspects()
  if redis.call('EXISTS', susp) == 1 then return end
  local oldest = redis.call('ZRANGE', suspects, 0, 0)
  if #oldest > 0 and takeBack(suspects, oldest) > 0 then
    suspect = 1
    redis.call('SET', susp, int(recovered[#recovered - 3]))
  end
end
local room = want - #recovered / 4
if ARGV[6] == '1' and room > 0 then fromSuspects() end
local function fromQueue(skip, n)
  local part, turned = redis.call('LRANGE', queue, -skip - n, -skip - 1), {}
  for i = #part, 1, -1 do turned[#turned + 1] = part[i] end
  return turned
end
local taken = gather(math.min(want - #recovered / 4, math.max(share, ${fairItems})), fromQueue)
local first = 0
if #taken > 0 then
  local from = base + #recovered / 4 - 1
  local ord = redis.call('INCRBY', seq, #taken) - #taken
  first = ord + 1
  for start = 1, #taken, 500 do
    local fields = {}
    for i = start, math.min(start + 499, #taken) do
      fields[#fields + 1] = int(from + i)
      fields[#fields + 1] = int(ord + i) .. ' 0 - ' .. taken[i]
    end
    redis.call('HSET', inflight, unpack(fields))
  end
  redis.call('LTRIM', queue, 0, -#taken - 1)
elseif room > 0 and #recovered == 0 then
  fromSuspects()
end
local left = redis.call('LLEN', queue) + redis.call('ZCARD', retry)
local reply = {1, left, redis.call('ZCARD', suspects), stagedOrd, first, suspect, #recovered / 4}
for i = 1, #recovered do reply[#reply + 1] = recovered[i] end
local lengths = {}
for i = 1, #taken do lengths[i] = #taken[i] end
reply[#reply + 1] = table.concat(lengths, ' ')
reply[#reply + 1] = table.concat(taken)
return reply
`)

/**
 * KEYS inflight consumers seq susp. ARGV sid, id of the suspect in hand or '', then id, ord or 0, deaths, origin and payload in turn. Writes what is
 * running here to a server that came back empty. → 1, or -1 if fenced.
 */
export const assertRunning = script(`
if not holdsLease(KEYS[2], ARGV[1]) then return -1 end
for i = 3, #ARGV, 5 do
  if redis.call('HEXISTS', KEYS[1], ARGV[i]) == 0 then
    local ord = tonumber(ARGV[i + 1])
    if ord == 0 then
      ord = redis.call('INCR', KEYS[3])
    elseif ord > tonumber(redis.call('GET', KEYS[3]) or 0) then
      redis.call('SET', KEYS[3], int(ord))
    end
    redis.call('HSET', KEYS[1], ARGV[i], seal(ord, ARGV[i + 2], ARGV[i + 3], ARGV[i + 4]))
  end
  if ARGV[i] == ARGV[2] then redis.call('SET', KEYS[4], ARGV[i + 1]) end
end
return 1
`)

/** KEYS inflight dead susp. ARGV id, sid, reason as JSON. The bytes move inside Redis, whatever a client makes of them. → 1, or 0 if it is gone. */
export const bury = script(`
local value = redis.call('HGET', KEYS[1], ARGV[1])
if not value then return 0 end
local ord, deaths, _, payload = open(value)
deadLetter(KEYS[2], ARGV[3], ARGV[1], ARGV[2], ord, deaths, payload)
redis.call('HDEL', KEYS[1], ARGV[1])
if redis.call('GET', KEYS[3]) == int(ord) then redis.call('DEL', KEYS[3]) end
return 1
`)
