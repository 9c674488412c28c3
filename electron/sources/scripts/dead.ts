/**
 * Lua scripts for dead letters, each one atomic step that holds the server up for some ms at most: both go from the newest to the oldest, and stop
 * after so many letters or bytes. Places are counted from the oldest: they stay where letters are added, and become fewer where some are removed.
 */
import { script } from './script'

/**
 * ARGV from here on: place before which to begin or -1, letters to look at, bytes at which to stop, text to find in lower case or '', number of names,
 * names…. `each(visit)` calls `visit(place, entry, lf)` for those that are meant, until it gives true; `lf` is nil where there is no first line.
 * Gives the place reached. `head` is what the first line says, or false where it is not ours: it costs more than all the rest, so that it is only
 * read where a text stands in the bytes at all; but JSON writes some characters in another way than they are.
 */
const walk = `
local dead = KEYS[1]
local total = redis.call('LLEN', dead)
local examined, limit, find = tonumber(ARGV[2]), tonumber(ARGV[3]), ARGV[4]
local from = tonumber(ARGV[1])
if from < 0 or from > total then from = total end
local names, missing = nil, tonumber(ARGV[5])
if missing > 0 then
  names = {}
  for i = 6, 5 + missing do names[ARGV[i]] = true end
end
local function head(entry, lf)
  if not lf then return false end
  local ok, found = pcall(cjson.decode, string.sub(entry, 1, lf - 1))
  if not ok or type(found) ~= 'table' or type(found.reason) ~= 'string' or type(found.consumer) ~= 'string' then return false end
  return found
end
local function digest(entry, lf) return redis.sha1hex(lf and string.sub(entry, 1, lf - 1) or entry) end
local function number(n) return type(n) == 'number' and string.format('%.0f', n) or '' end
local function has(text) return string.find(string.lower(text), find, 1, true) end
local plain = not string.find(find, '["\\\\#%c]')
local function meant(entry, lf)
  if find == '' then return true end
  if plain and not has(entry) then return false end
  local known = head(entry, lf)
  if not known then return has(entry) end
  return has(known.reason) or has(known.consumer) or has('#' .. number(known.ord)) or has(string.sub(entry, lf + 1))
end
local function each(visit)
  local place, bytes, n = from, 0, 1
  while place > 0 and examined > 0 and bytes < limit do
    n = math.min(n, place, examined)
    local part = redis.call('LRANGE', dead, place - n, place - 1)
    for i = #part, 1, -1 do
      local entry = part[i]
      place = place - 1
      examined = examined - 1
      bytes = bytes + #entry
      local lf = string.find(entry, '\\n', 1, true)
      local name = names and digest(entry, lf)
      if (not names or names[name]) and meant(entry, lf) then
        if names then
          names[name] = nil
          missing = missing - 1
        end
        if visit(place, entry, lf) then return place end
        if names and missing == 0 then return 0 end
      end
      if bytes >= limit then break end
    end
    -- As many as the bytes seen so far allow: a letter may be large.
    n = math.max(1, math.min(64, 2 * n, math.floor((limit - bytes) * (from - place) / (bytes + 1))))
  end
  return place
end
`

/**
 * KEYS dead. ARGV as above, then the letters wanted, bytes of each payload, bytes of reason and consumer. → {total, place reached, {place, digest, 1 or 0
 * where the first line is not ours, reason, consumer, ord or '', at or '', deaths or '', size of the payload, payload}…}
 */
export const look = script(`${walk}
local want, most, words = tonumber(ARGV[#ARGV - 2]), tonumber(ARGV[#ARGV - 1]), tonumber(ARGV[#ARGV])
local reply = {total, 0}
reply[2] = each(function(place, entry, lf)
  local known = head(entry, lf)
  local start = known and lf or 0
  local payload = string.sub(entry, start + 1, start + most)
  if known then
    reply[#reply + 1] = {place, digest(entry, lf), 1, string.sub(known.reason, 1, words), string.sub(known.consumer, 1, words),
      number(known.ord), number(known.at), number(known.deaths), #entry - start, payload}
  else
    reply[#reply + 1] = {place, digest(entry, lf), 0, '', '', '', '', '', #entry, payload}
  end
  return #reply - 2 >= want
end)
return reply
`)

/**
 * KEYS dead queue. ARGV as above, then 'retry' or 'clear', most letters. The payloads go back to the queue's left end as a push would put them, the
 * oldest first, in one LPUSH before any letter is removed: an error in between leaves both, never neither. → {total, place reached, done, kept}
 */
export const settle = script(`${walk}
local action, most = ARGV[#ARGV - 1], tonumber(ARGV[#ARGV])
local places, payloads, kept = {}, {}, 0
local reached = each(function(place, entry, lf)
  if action == 'retry' and not head(entry, lf) then
    kept = kept + 1
    return false
  end
  places[#places + 1] = place
  if action == 'retry' then payloads[#payloads + 1] = string.sub(entry, lf + 1) end
  return #places >= most
end)
local done = #places
if done == 0 then return {total, reached, 0, kept} end
if #payloads > 0 then
  local oldest = {}
  for i = done, 1, -1 do oldest[#oldest + 1] = payloads[i] end
  redis.call('LPUSH', KEYS[2], unpack(oldest))
end
if done == total then
  redis.call('DEL', dead)
elseif places[1] == total - 1 and places[done] == total - done then
  redis.call('LTRIM', dead, 0, total - done - 1)
else
  -- No letter is empty, so an empty one marks its place for the moment between the two.
  for _, place in ipairs(places) do redis.call('LSET', dead, place, '') end
  redis.call('LREM', dead, -done, '')
end
return {total - done, reached, done, kept}
`)
