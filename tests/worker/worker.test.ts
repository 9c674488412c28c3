/** Real workers in processes of their own, against a real server. */
import { existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { readFrame } from '#protocol/feedRecords'
import { describeRedis } from '../support/describeRedis'
import { type RedisServer, startRedis } from '../support/redisServer'
import { pause, until } from '../support/until'
import { deadLetters, endWorkers, inHands, startWorker, waitingIn } from '../support/workers'

const secret = 'hunter2-open-sesame'
let folder = ''

/** Lines of a file that commands append to. */
const ledger = () => {
  const file = join(folder, 'ledger')
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : []
}

describeRedis('workers', () => {
  let server: RedisServer
  beforeAll(async () => {
    server = await startRedis('--requirepass', secret)
  })
  beforeEach(async () => {
    await server.client.flushall()
    folder = mkdtempSync(join(tmpdir(), 'loopscope-worker-'))
  })
  afterEach(endWorkers)
  afterAll(() => server.stop())

  const start = (...args: string[]) =>
    startWorker(['--queue', 'queue', ...args], {
      FOLDER: folder,
      LOOPSCOPE_REDIS_URL: `redis://:${secret}@127.0.0.1:${server.port}`,
    })

  describe.skipIf(process.platform === 'win32')('whose tasks are commands', () => {
    test('two share 200 items, one is killed: each ends, and twice only what it had in its hands', async () => {
      const items = Array.from({ length: 200 }, (_, i) => `item-${i}`)
      await server.client.lpush('queue', ...items)
      // The one that is killed may not have handed over the payload of what it has just started.
      const whole = 'item=$(cat); [ $(printf %s "$item" | wc -c) = $LOOPSCOPE_BYTES ] || exit 1'
      const command = `${whole}; echo "$item $LOOPSCOPE_ORD $LOOPSCOPE_ATTEMPT" >> $FOLDER/ledger; sleep 0.05`
      const [first, second] = [0, 1].map(() => start('--concurrency', '4', '--exec', command))
      await Promise.all([first!.says(/^Connected to/m), second!.says(/^Connected to/m)])
      await until(() => ledger().length >= 40, 'forty to start')
      first!.child.kill('SIGKILL')
      const runs = () => ledger().map((line) => line.split(' ') as [item: string, ord: string, attempt: string])
      await until(() => new Set(runs().map(([item]) => item)).size === 200, 'all to run', 30_000)
      await until(async () => (await inHands(server)).length === 0, 'nothing in anybody’s hands', 15_000)
      const ords = new Map<string, string>()
      for (const [item, ord, attempt] of runs()) {
        expect([item, ords.get(item) ?? ord]).toEqual([item, ord])
        expect(attempt).toMatch(ords.has(item) ? /^2$/ : /^[12]$/)
        ords.set(item, ord)
      }
      expect(new Set(ords.values()).size).toBe(200)
      expect(runs().filter(([, , attempt]) => attempt === '2').length).toBeLessThanOrEqual(4)
      expect(await deadLetters(server, 'queue')).toEqual([])
      second!.child.kill('SIGTERM')
      expect(await second!.ended).toBe(0)
      expect(await server.client.hlen('ls:{queue}:workers')).toBe(0)
      const entries = await server.client.xrangeBuffer('ls:{queue}:events', '-', '+')
      const frames = entries.map(([, fields]) => readFrame(fields)).flatMap((frame) => (frame.ok ? [frame.value] : []))
      expect(frames.length).toBe(entries.length)
      expect(new Set(frames.map(({ sid }) => sid)).size).toBe(2)
      const told = frames.flatMap(({ records }) => records)
      for (const kind of ['claimed', 'started', 'finished'] as const) {
        const of = new Set(told.filter((one) => one.kind === kind).map(({ ord }) => String(ord)))
        // What the killed one did in its last ten milliseconds it could tell nobody, also what it had acknowledged (a frame goes that often).
        expect([...ords.values()].filter((ord) => !of.has(ord)).length).toBeLessThanOrEqual(4)
      }
      expect(frames.every(({ offset, error }) => offset !== null && error !== null)).toBe(true)
    }, 60_000)

    test('what fails or takes too long is a dead letter with its reason, and its payload untouched', async () => {
      const big = Buffer.alloc(3 << 20, 'b')
      const bytes = Buffer.from([0xff, 0, 10, 0x20])
      const sealed = (payload: string) => Buffer.from(`{"ls":1,"at":1,"payload":"${payload}"}`, 'latin1')
      const broken = [sealed('\xff'), sealed('\\ud800'), Buffer.from([0x7b, 0xff])]
      await server.client.lpush('queue', 'fine', 'fails', 'slow', big, bytes, sealed('\xc3\xa9'), ...broken)
      const command = [
        'cat > $FOLDER/$LOOPSCOPE_ORD; case $(head -c 5 $FOLDER/$LOOPSCOPE_ORD | tr -d "\\0") in',
        'fails) echo first >&2; echo "no such order" >&2; exit 4;;',
        'slow) sleep 300;;',
        'bbbbb) wc -c < $FOLDER/$LOOPSCOPE_ORD; exit 0;; esac',
      ].join('\n')
      const worker = start('--concurrency', '2', '--timeout', '2', '--exec', command)
      await worker.says(/7 finished, 2 failed/)
      await until(async () => (await inHands(server)).length === 0, 'nothing in hand')
      const letters = await deadLetters(server, 'queue')
      expect(letters.sort((a, b) => a.ord - b.ord)).toEqual([
        { reason: 'no such order', ord: 2, payload: 'fails' },
        { reason: 'took longer than 2 s and was ended', ord: 3, payload: 'slow' },
      ])
      expect(['5', '6', '7', '8', '9'].map((ord) => readFileSync(join(folder, ord)))).toEqual([
        bytes,
        Buffer.from('é'),
        ...broken,
      ])
      expect(worker.out.trim()).toBe(String(big.length))
      expect(worker.err).not.toContain(secret)
    }, 40_000)

    test('a command that is not there ends the worker, and costs no item', async () => {
      await server.client.lpush('queue', '1', '2', '3')
      const worker = start('--concurrency', '2', '--exec', 'there-is-no-such-command')
      expect(await worker.ended).toBe(1)
      expect(worker.err).toMatch(
        /^--exec: the shell cannot run this command \(.*not found\): correct it\. The tasks go back to the queue\.$/m,
      )
      expect([await waitingIn(server, 'queue'), await inHands(server), await deadLetters(server, 'queue')]).toEqual([3, [], []])
    }, 30_000)

    test('a second signal ends it at once, with what it runs', async () => {
      await server.client.lpush('queue', '1', '2', '3')
      const worker = start('--concurrency', '2', '--exec', 'echo $$ >> $FOLDER/ledger; sleep 300')
      await until(() => ledger().length === 2, 'two to run', 20_000)
      worker.child.kill('SIGTERM')
      await worker.says(/^Ending/m)
      // One within the same moment would be the same signal heard twice.
      await pause(400)
      expect([await waitingIn(server, 'queue'), worker.child.exitCode]).toEqual([1, null])
      worker.child.kill('SIGTERM')
      expect(await worker.ended).toBe(0)
      expect([await waitingIn(server, 'queue'), await inHands(server)]).toEqual([3, []])
      for (const pid of ledger()) expect(() => process.kill(Number(pid), 0)).toThrow('ESRCH')
    }, 30_000)
  })

  test('at a signal it takes nothing more, what runs ends, and the rest is left alone', async () => {
    await server.client.lpush('queue', ...Array.from({ length: 12 }, () => '1'))
    const worker = start('--concurrency', '2')
    await until(async () => (await waitingIn(server, 'queue')) === 10, 'two to run', 20_000)
    worker.child.kill('SIGTERM')
    expect(await worker.ended).toBe(0)
    expect(worker.err).toMatch(/^0 running, 2 finished, 0 failed/m)
    expect([await waitingIn(server, 'queue'), await inHands(server)]).toEqual([10, []])
  }, 30_000)

  test('bad options are refused with code 2 before anything is connected', async () => {
    const worker = startWorker(['--url', `http://:${secret}@127.0.0.1`, '--queue', 'q'])
    expect(await worker.ended).toBe(2)
    expect(worker.err).toMatch(/^loopscope: --url: The address is not a Redis URL\. [^\n]+\n$/)
    expect(worker.err).not.toContain(secret)
  })

  test.runIf(process.platform === 'linux')(
    'the password is nowhere to be seen, though it was typed',
    async () => {
      const worker = startWorker(['--queue', 'queue', '--url', `redis://:${secret}@127.0.0.1:${server.port}`])
      await worker.says(/^Connected to 127\.0\.0\.1:\d+\.$/m)
      const line = readFileSync(`/proc/${worker.child.pid}/cmdline`, 'utf8')
      expect([line.includes(secret), line.includes('loopscope worker'), worker.err.includes(secret)]).toEqual([
        false,
        true,
        false,
      ])
      const others = Object.values(await server.client.hgetall('ls:{queue}:workers')).map((text) => JSON.parse(text))
      expect(others).toEqual([
        expect.objectContaining({ pid: worker.child.pid, concurrency: 100, kind: 'worker', since: expect.any(Number) }),
      ])
      worker.child.kill('SIGTERM')
      expect(await worker.ended).toBe(0)
    },
    30_000,
  )
})
