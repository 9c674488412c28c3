import { expect, test } from 'vitest'
import { redisCommand } from '../../renderer/state/redisCommand'

const line = (url: string, queue = 'queue', values = ['5', '3', '1']) => {
  const command = redisCommand(url, queue, values)
  return command.ok ? command.value.line : command.problem
}

test.each([
  ['redis://127.0.0.1:6379', 'redis-cli LPUSH queue 5 3 1'],
  ['redis://example.org', 'redis-cli -h example.org LPUSH queue 5 3 1'],
  ['redis://[::1]:7000/2', 'redis-cli -h ::1 -p 7000 -n 2 LPUSH queue 5 3 1'],
  ['rediss://example.org:6380', 'redis-cli -h example.org -p 6380 --tls LPUSH queue 5 3 1'],
  ['redis://me:secret@example.org', 'redis-cli -h example.org --user me --askpass LPUSH queue 5 3 1'],
  ['redis://:secret@example.org', 'redis-cli -h example.org --askpass LPUSH queue 5 3 1'],
  ['redis://me:…@example.org', 'redis-cli -h example.org --user me --askpass LPUSH queue 5 3 1'],
  ['redis://…@example.org', 'redis-cli -h example.org --askpass LPUSH queue 5 3 1'],
])('%s', (url, expected) => {
  expect(line(url)).toBe(expected)
  expect(line(url)).not.toContain('secret')
})

test('what a shell would read otherwise is quoted', () => {
  expect(line('redis://a', 'my queue', ["it's", '0.5'])).toBe(`redis-cli -h a LPUSH 'my queue' 'it'\\''s' 0.5`)
})

test('an address that is none gives no command', () => {
  expect(redisCommand('redis://', 'queue', ['1']).ok).toBe(false)
})
