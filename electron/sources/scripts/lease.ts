/** Names and leases: who a consumer is to the server. */
import { script } from './script'

/**
 * KEYS version epoch consumers retired queue seq retry suspects workers, then stage, inflight and susp of the new sid and of the old. ARGV layout, sid,
 * lease ms, id for a new epoch, old sid or '', id of the staged item or '', an object of JSON without its closing brace that says who we are, then
 * the older layouts that are raised to this one. One atomic answer to "what do I own?", and safe to repeat with the same names after a lost reply.
 * → {1, epoch, ord of the suspect in hand or '', id…}, or {-2, layout found}.
 */
export const renew = script(`
local version, consumers, retired, queue, workers = KEYS[1], KEYS[3], KEYS[4], KEYS[5], KEYS[9]
local found = redis.call('GET', version)
local readable = not found or found == ARGV[1]
for i = 8, #ARGV do readable = readable or found == ARGV[i] end
if not readable then return {-2, found} end
local sid, old, t = ARGV[2], ARGV[5], now()
local stage, inflight, susp = KEYS[10], KEYS[11], KEYS[12]
local oldStage, oldInflight, oldSusp = KEYS[13], KEYS[14], KEYS[15]
-- Keys of ours that have another type are found before anything is written.
local isRetired = redis.call('ZSCORE', retired, sid)
redis.call('ZCARD', consumers)
redis.call('ZCARD', KEYS[7])
redis.call('ZCARD', KEYS[8])
local since = string.match(redis.call('HGET', workers, old) or redis.call('HGET', workers, sid) or '', '"since":(%d+)')
if found ~= ARGV[1] then redis.call('SET', version, ARGV[1]) end
redis.call('SET', KEYS[2], ARGV[4], 'NX')
if old ~= '' then
  if holdsLease(consumers, old) then
    if ARGV[6] ~= '' then book(oldStage, oldInflight, KEYS[6], ARGV[6]) end
    if redis.call('EXISTS', oldInflight) == 1 then redis.call('RENAME', oldInflight, inflight) end
    if redis.call('EXISTS', oldSusp) == 1 then redis.call('RENAME', oldSusp, susp) end
    redis.call('ZADD', consumers, int(t + ARGV[3]), sid)
    redis.call('ZREM', consumers, old)
    redis.call('ZADD', retired, int(t), old)
    redis.call('HDEL', workers, old)
  end
  stageBack(oldStage, queue)
end
stageBack(stage, queue)
redis.call('ZADD', consumers, int(t + ARGV[3]), sid)
redis.call('HSET', workers, sid, ARGV[7] .. ',"since":' .. (since or int(t)) .. '}')
if isRetired then redis.call('ZREM', retired, sid) end
local reply = {1, redis.call('GET', KEYS[2]), redis.call('GET', susp) or ''}
for _, id in ipairs(redis.call('HKEYS', inflight)) do reply[#reply + 1] = id end
return reply
`)

/**
 * KEYS consumers queue retired retry suspects. ARGV sid, lease ms, age in ms at which retired stages are swept. Prolongs the lease. → {1, length of the
 * queue or -1 where the key is no list, leases that are over, stages to sweep, items to be taken again, suspects}, or {-1} if the lease was lost.
 */
export const beat = script(`
if not holdsLease(KEYS[1], ARGV[1]) then return {-1} end
local t = now()
redis.call('ZADD', KEYS[1], int(t + ARGV[2]), ARGV[1])
-- Only a clock that was set back leaves times that no beat has written: they end as if they had been written now.
for _, sid in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. int(t + ARGV[2]), '+inf')) do
  redis.call('ZADD', KEYS[1], int(t + ARGV[2]), sid)
end
for _, sid in ipairs(redis.call('ZRANGEBYSCORE', KEYS[3], '(' .. int(t), '+inf')) do
  redis.call('ZADD', KEYS[3], int(t), sid)
end
local length = redis.pcall('LLEN', KEYS[2])
return {
  1,
  type(length) == 'number' and length or -1,
  redis.call('ZCOUNT', KEYS[1], '-inf', int(t)),
  redis.call('ZCOUNT', KEYS[3], '-inf', int(t - ARGV[3])),
  redis.call('ZCARD', KEYS[4]),
  redis.call('ZCARD', KEYS[5]),
}
`)

/**
 * KEYS consumers workers. ARGV sid, lease ms. Says that this consumer leaves in order: whoever reaps what it has no time to give back counts no death.
 * Its last ends are under way, so the lease goes on. → 1, or -1 if the lease was lost.
 */
export const leave = script(`
if not holdsLease(KEYS[1], ARGV[1]) then return -1 end
redis.call('ZADD', KEYS[1], int(now() + ARGV[2]), ARGV[1])
local about = redis.call('HGET', KEYS[2], ARGV[1]) or '{"kind":""}'
redis.call('HSET', KEYS[2], ARGV[1], string.sub(about, 1, -2) .. ',"leaving":true}')
return 1
`)

/** KEYS consumers retired. ARGV age as for beat. → {{sid whose lease is over…}, {sid whose stage is due…}}, at most 16 each. */
export const due = script(`
local t = now()
return {
  redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', int(t), 'LIMIT', 0, 16),
  redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', int(t - ARGV[1]), 'LIMIT', 0, 16),
}
`)
