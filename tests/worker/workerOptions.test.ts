import { cpus } from 'node:os'
import { expect, test } from 'vitest'
import { readWorkerOptions, type TypedWorker } from '../../electron/worker/workerOptions'

const secret = 'hunter2'
const url = `redis://user:${secret}@10.0.0.7:6380/2`
const typed = (more: Partial<TypedWorker> = {}): TypedWorker => ({
  url,
  queue: 'queue',
  concurrency: undefined,
  exec: undefined,
  timeout: undefined,
  grace: undefined,
  for: undefined,
  noFeed: false,
  ...more,
})
const without = 'Write it as redis://user:password@host:port/database, with # / ? @ in the password as %23 %2F %3F %40.'

test.each<[Partial<TypedWorker>, string]>([
  [{ url: undefined }, 'worker: say which server, with --url or in LOOPSCOPE_REDIS_URL, for example redis://127.0.0.1:6379.'],
  [{ url: `http://:${secret}@x` }, `--url: The address is not a Redis URL. ${without}`],
  [{ url: `redis://:${secret}#@x` }, `--url: The address cannot be read. ${without}`],
  [{ queue: undefined }, 'worker: say which list its tasks come from, for example --queue queue.'],
  [{ queue: '' }, 'worker: say which list its tasks come from, for example --queue queue.'],
  [{ queue: 'a}b' }, '--queue: The key “a}b” has a } without a {tag} before it: use a key without }, or with a whole {tag}.'],
  [{ concurrency: '0' }, '--concurrency: “0” is not a whole number from 1 to 10,000.'],
  [{ concurrency: '1.5' }, '--concurrency: “1.5” is not a whole number from 1 to 10,000.'],
  [{ concurrency: '10001' }, '--concurrency: “10001” is not a whole number from 1 to 10,000.'],
  [{ exec: '  ' }, '--exec: a command is wanted, none was given.'],
  [{ timeout: '5' }, '--timeout needs --exec: it ends commands.'],
  [{ exec: 'true', timeout: '0' }, '--timeout: “0” is not a number of seconds from 0.1 to 86,400.'],
  [{ exec: 'true', timeout: '5s' }, '--timeout: “5s” is not a number of seconds from 0.1 to 86,400.'],
  [{ grace: '3601' }, '--grace: “3601” is not a number of seconds from 0 to 3,600.'],
  [{ for: '-1' }, '--for: “-1” is not a number of seconds from 0 to 86,400.'],
])('%j is refused with one sentence and no password', (more, sentence) => {
  const read = () => readWorkerOptions(typed(more), {})
  expect(read).toThrow(sentence)
  expect(read).not.toThrow(secret)
})

test('what is left out has its default, and the address may come from the environment', () => {
  expect(readWorkerOptions(typed(), {})).toEqual({
    url,
    queue: 'queue',
    concurrency: 100,
    exec: null,
    timeout: null,
    grace: 10,
    seconds: null,
    feed: true,
  })
  const others = typed({ url: undefined, exec: 'cat', timeout: '0.5', grace: '0', for: '3', noFeed: true })
  expect(readWorkerOptions(others, { LOOPSCOPE_REDIS_URL: 'redis://127.0.0.1' })).toMatchObject({
    url: 'redis://127.0.0.1',
    concurrency: cpus().length,
    exec: 'cat',
    timeout: 0.5,
    grace: 0,
    seconds: 3,
    feed: false,
  })
})
