/** A URL's password goes to Redis and nowhere else: every byte that leaves the engine or the command line is searched for any part of it. */
import { spawn } from 'node:child_process'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { bundleChild } from '../support/bundleChild'
import { closedPort } from '../support/closedPort'
import { describeRedis } from '../support/describeRedis'
import { type EnginePage, engineWithPage } from '../support/enginePage'
import { holdsPassword, password, typedPassword as typed } from '../support/password'
import { type RedisServer, startRedis } from '../support/redisServer'
import { pause, until } from '../support/until'

describeRedis('redis', () => {
  let locked: RedisServer
  let open: RedisServer
  let cli: string
  let page: EnginePage | null = null
  let restore: () => void = () => undefined
  beforeAll(async () => {
    locked = await startRedis('--requirepass', password)
    open = await startRedis()
    cli = await bundleChild('electron/cli.ts')
  })
  afterEach(async () => {
    await page?.engine.close()
    page = null
    restore()
  })
  afterAll(async () => {
    await locked.stop()
    await open.stop()
  })

  /** What this process writes, its workers' words too. */
  function listen(): Buffer[] {
    const heard: Buffer[] = []
    const streams = [process.stdout, process.stderr]
    const writes = streams.map((stream) => stream.write)
    for (const stream of streams) {
      stream.write = ((piece: string | Uint8Array) => heard.push(Buffer.from(piece as string)) > 0) as typeof stream.write
    }
    restore = () => {
      for (const [i, stream] of streams.entries()) stream.write = writes[i]!
    }
    return heard
  }

  const addresses: Record<string, { url: () => Promise<string>; phase: string | null }> = {
    'the right password': { url: async () => `redis://:${typed}@127.0.0.1:${locked.port}`, phase: 'consuming' },
    'the right password, with a user': {
      url: async () => `redis://default:${typed}@127.0.0.1:${locked.port}`,
      phase: 'consuming',
    },
    'a wrong password': { url: async () => `redis://:${typed}x@127.0.0.1:${locked.port}`, phase: 'refused' },
    'a user that does not exist': { url: async () => `redis://nobody:${typed}@127.0.0.1:${locked.port}`, phase: 'refused' },
    'a server that wants none': { url: async () => `redis://:${typed}@127.0.0.1:${open.port}`, phase: 'consuming' },
    'a database that does not exist': { url: async () => `redis://:${typed}@127.0.0.1:${locked.port}/99`, phase: 'refused' },
    'nobody there': { url: async () => `redis://:${typed}@127.0.0.1:${await closedPort()}`, phase: 'unreachable' },
    'TLS to a server without it': { url: async () => `rediss://:${typed}@127.0.0.1:${locked.port}`, phase: 'unreachable' },
    'no such host': { url: async () => `redis://:${typed}@no-such-host.invalid`, phase: 'unreachable' },
    'a # in it, as it is': { url: async () => `redis://:Zwiebel#Kuchen7@127.0.0.1:${locked.port}`, phase: 'refused' },
    'a / in it, as it is': { url: async () => `redis://:Zwiebel/Kuchen7@127.0.0.1:${locked.port}`, phase: 'refused' },
    'a ? in it, as it is': { url: async () => `redis://me:Zwiebel?Kuchen7@127.0.0.1:${locked.port}`, phase: 'refused' },
    'an @ in it, as it is': { url: async () => `redis://:Zwiebel@Kuchen7@127.0.0.1:${locked.port}`, phase: 'consuming' },
    'a % in it, as it is': { url: async () => `redis://:Zwiebel%Kuchen7@127.0.0.1:${locked.port}`, phase: 'refused' },
    'no host': { url: async () => 'redis://:Zwiebel', phase: 'refused' },
    'a user and no host': { url: async () => 'redis://me:Zwiebel/0', phase: 'refused' },
    'a blank in it': { url: async () => 'redis://:Zwiebel Kuchen7@127.0.0.1', phase: null },
    'no scheme': { url: async () => 'me:Zwiebel%40Kuchen7@127.0.0.1:6379', phase: null },
    'another scheme': { url: async () => 'http://:Zwiebel%40Kuchen7@127.0.0.1:6379', phase: null },
    'a scheme with one slash': { url: async () => 'redis:/:Zwiebel%40Kuchen7@127.0.0.1:6379', phase: null },
    'too long': { url: async () => `redis://:${typed.repeat(40)}@h`, phase: null },
  }

  /** They differ from another in who answers, not in how they are written: whoever refuses before he asks has seen them. */
  const seenWritten = [
    'a wrong password',
    'a user that does not exist',
    'a server that wants none',
    'nobody there',
    'no such host',
  ]

  test.each(Object.entries(addresses))('the engine and its page: %s', async (_name, { url, phase }) => {
    const address = await url()
    const heard = listen()
    const request = { scenario: 'redis-queue', parameters: { url: address } }
    const dataDir = join(tmpdir(), 'loopscope-never-made')
    page = engineWithPage({ dataDir, open: phase === null ? null : { ...request, speed: 10 } })
    const { events, frames } = page
    page.send({ type: 'settings', change: { parameters: { 'redis-queue': { url: address } } } })
    if (phase === null) {
      page.send({ type: 'start', scenarios: [request], speed: 10 })
      const refusals = () => events.filter((event) => event.type === 'refused' && /url|maximum length/i.test(event.problem.en))
      await until(() => refusals().length === 2, 'both refusals')
    } else {
      const run = await page.startQueue({ url: address })
      await page.untilStatus(run, (status) => status.phase === phase, phase, 6000)
      page.send({ type: 'push', run, payloads: ['0', 'abc'] })
      if (phase === 'consuming') await page.untilStatus(run, ({ finished, failed }) => finished + failed === 2, 'both')
      page.send({ type: 'source', run, action: 'retry' })
      await pause(150)
      page.send({ type: 'stop', runs: [run] })
      await until(() => events.some((event) => event.type === 'run' && event.run.phase === 'stopped'), 'the end')
      page.send({ type: 'attach' })
      await until(() => events.filter((event) => event.type === 'welcome').length === 2, 'the second welcome')
      await pause(50)
      expect(frames.length).toBeGreaterThan(0)
    }
    restore()
    const all = [Buffer.from(JSON.stringify(events)), ...frames.map((frame) => Buffer.from(frame)), ...heard]
    expect(all.filter(holdsPassword).map(String)).toEqual([])
    const [welcome] = events
    const values = phase === null ? {} : { 'redis-queue': { url: expect.stringContaining('…') } }
    expect(welcome).toMatchObject({ type: 'welcome', settings: { parameters: values } })
    if (phase !== null) expect(events.some(({ type }) => type === 'settings')).toBe(true)
  })

  test('what a page gets without the password it can run, and run again; for another server it is asked to type it', async () => {
    const url = `redis://:${typed}@127.0.0.1:${locked.port}`
    const open = { scenario: 'redis-queue', parameters: { url, queue: 'mine' }, speed: 10 }
    page = engineWithPage({ dataDir: join(tmpdir(), 'loopscope-never-made'), open })
    const { events } = page
    await until(() => events.length > 0, 'the welcome')
    const [welcome] = events
    const opened = (welcome?.type === 'welcome' && welcome.settings.parameters['redis-queue']) || {}
    expect(opened).toEqual({ url: `redis://…@127.0.0.1:${locked.port}`, queue: 'mine' })
    for (let i = 0; i < 2; i++) {
      const run = await page.startQueue(opened)
      await page.untilStatus(run, ({ phase }) => phase === 'consuming', 'the consumer')
    }
    const heard: string[] = []
    const stranger = createServer((socket) => {
      socket.on('data', (piece) => heard.push(String(piece)))
      socket.on('error', () => socket.destroy())
    })
    await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve))
    const { port } = stranger.address() as AddressInfo
    const elsewhere = `redis://…@127.0.0.1:${port}`
    page.send({ type: 'start', scenarios: [{ scenario: 'redis-queue', parameters: { url: elsewhere } }], speed: 10 })
    const refusal = `url: the password of ${elsewhere} is not known any more; type it in place of the “…”.`
    await until(() => events.some((event) => event.type === 'refused' && event.problem.en === refusal), 'the refusal')
    await pause(200)
    stranger.close()
    expect(heard).toEqual([])
    expect(holdsPassword(Buffer.from(JSON.stringify(events)))).toBe(false)
  })

  async function search(args: readonly string[]): Promise<void> {
    const child = spawn(process.execPath, [cli, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
    const heard: Buffer[] = []
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece: Buffer) => heard.push(piece))
    await new Promise((resolve) => child.once('close', resolve))
    const all = Buffer.concat(heard)
    expect(all.length).toBeGreaterThan(20)
    expect(holdsPassword(all) ? `${args.slice(0, 2).join(' ')}: ${all}` : '').toBe('')
  }

  test.each(Object.entries(addresses))(
    'the command line: %s',
    async (name, { url }) => {
      const address = await url()
      const runs = [
        ['run', 'redis-queue', '--set', `url=${address}`, '--for', '3', '--speed', '5', '--json'],
        ['run', 'redis-queue', '--set', `url=${address}`, '--for', '3', '--speed', '5'],
      ]
      const mistakes = [
        ['run', 'redis-queue', `url=${address}`],
        ['run', address],
        ['run', 'redis-queue', '--set', address],
        ['run', 'redis-queue', `--url=${address}`],
        [address],
        ['serve', address],
        ['serve', '--scenario', address],
        ['serve', '--port', address],
      ]
      // What ends at once is called while the runs wait.
      const inTurn = async () => {
        for (const args of seenWritten.includes(name) ? [] : mistakes) await search(args)
      }
      await Promise.all([...runs.map(search), inTurn()])
    },
    40_000,
  )

  test('the search finds what it is to find', () => {
    expect(holdsPassword(Buffer.from(`redis://:${typed}@h`))).toBe(true)
    expect(holdsPassword(Buffer.from('…Kuchen7', 'utf16le'))).toBe(true)
    expect(holdsPassword(Buffer.from(' …Kuchen7', 'utf16le').subarray(1))).toBe(true)
    for (const lead of ['', 'x', 'xy'])
      expect(holdsPassword(Buffer.from(`AUTH ${Buffer.from(lead + password).toString('base64')}`)), lead).toBe(true)
    expect(holdsPassword(Buffer.from('redis://…@h'))).toBe(false)
  })
})
