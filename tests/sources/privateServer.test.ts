/** A Redis of the app's own, from the command of a page to the end of the host that started it, however that ends. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { PrivateServer } from '../../electron/sources/privateServer'
import { bundleChild } from '../support/bundleChild'
import { closedPort } from '../support/closedPort'
import { describeRedis } from '../support/describeRedis'
import { type EnginePage, engineWithPage } from '../support/enginePage'
import { pause, until } from '../support/until'

const path = process.env['PATH'] ?? ''
let dataDir: string
const pages: EnginePage[] = []
const servers: PrivateServer[] = []
const children: ChildProcess[] = []
const clients: Redis[] = []

beforeEach(() => {
  dataDir = join(mkdtempSync(join(tmpdir(), 'loopscope-private-')), 'made', 'when needed')
})
afterEach(async () => {
  process.env['PATH'] = path
  for (const client of clients.splice(0)) client.disconnect()
  for (const child of children.splice(0)) child.kill('SIGKILL')
  await Promise.all([
    ...pages.splice(0).map(({ engine }) => engine.close()),
    ...servers.splice(0).map((server) => server.close()),
  ])
  rmSync(join(dataDir, '../..'), { recursive: true, force: true, maxRetries: 5 })
})

const newPage = () => {
  const page = engineWithPage({ dataDir })
  pages.push(page)
  return page
}
const newServer = (given = path, onEnd: () => void = () => undefined) => {
  const server = new PrivateServer(dataDir, onEnd, given)
  servers.push(server)
  return server
}
const clientOf = (address: string) => {
  const [host, port] = address.split(':')
  const client = new Redis({ host: host!, port: Number(port), retryStrategy: null })
  client.on('error', () => 'The test looks at the answers.')
  clients.push(client)
  return client
}
const pidOf = async (client: Redis) => Number(/process_id:(\d+)/.exec(await client.info('server'))?.[1])
const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    // No such process.
    return false
  }
}
const opens = (host: string, port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect({ host, port, timeout: 500 }, () => resolve(true))
    for (const event of ['error', 'timeout', 'close'] as const) socket.once(event, () => resolve(false))
    setTimeout(() => socket.destroy(), 600)
  })
/** Whether any process names the folder. */
const keepers = (folder: string) =>
  execFileSync('ps', ['-A', '-o', 'args'], { encoding: 'utf8', env: { PATH: path } })
    .split('\n')
    .some((line) => line.includes(folder) && /redis|valkey/.test(line) && !line.includes('engineChild'))
/** A run whose Redis does not answer, and which was then moved. */
const moved = async (page: EnginePage, url?: string) => {
  const run = await page.startQueue({ url: url ?? `redis://127.0.0.1:${await closedPort()}` })
  await page.untilStatus(run, ({ phase }) => phase === 'unreachable', 'the refusal')
  page.send({ type: 'source', run, action: 'private' })
  const { address } = await page.untilStatus(run, ({ phase }) => phase === 'consuming', 'the private server')
  return { run, address }
}

describe('where there is no program', () => {
  test('nothing on the PATH: none, and a start says so in one sentence', async () => {
    process.env['PATH'] = mkdtempSync(join(dataDir, '../../empty-'))
    const page = newPage()
    const run = await page.startQueue({ url: `redis://127.0.0.1:${await closedPort()}` })
    const status = await page.untilStatus(run, ({ phase }) => phase === 'unreachable', 'the refusal')
    expect(status.privateServer).toBe('none')
    page.send({ type: 'source', run, action: 'private' })
    const problem = {
      en: 'Neither redis-server nor valkey-server is on the PATH.',
      zh: 'PATH 中没有 redis-server，也没有 valkey-server。',
    }
    const refused = { type: 'refused', command: 'source', problem }
    await until(() => page.events.some((event) => event.type === 'refused'), 'the answer')
    expect(page.events.find((event) => event.type === 'refused')).toEqual(refused)
    expect(existsSync(dataDir)).toBe(false)
  })

  test('a program that ends at once: one sentence with the place of its log, nothing left, and a try again is possible', async () => {
    const folder = mkdtempSync(join(dataDir, '../../path-'))
    const program = join(folder, 'valkey-server')
    writeFileSync(program, '#!/bin/sh\nexit 1\n')
    const server = newServer(folder)
    expect(server.available).toBe(false)
    chmodSync(program, 0o755)
    await until(() => server.available, 'it to be found', 5000)
    const began = performance.now()
    for (let i = 0; i < 2; i++) {
      const started = await server.start()
      expect(started.ok ? '' : started.problem.en).toMatch(/valkey-server was started and did not answer; .*redis\.log\.$/)
    }
    expect(performance.now() - began).toBeLessThan(3000)
    expect(server.address).toBeNull()
    expect(existsSync(join(dataDir, 'redis-1', 'owner'))).toBe(false)
  })

  test('a folder that cannot be made is told', async () => {
    writeFileSync(join(dataDir, '../..', 'made'), 'a file in the way')
    const folder = mkdtempSync(join(dataDir, '../../path-'))
    writeFileSync(join(folder, 'redis-server'), '', { mode: 0o755 })
    const started = await newServer(folder).start()
    expect(started.ok ? '' : started.problem.en).toMatch(/^The data of a private Redis cannot be kept in .*ENOTDIR/)
  })
})

describeRedis('redis', () => {
  test('a run is moved to it, any client pushes there, a second run shares it, and it ends with the engine', async () => {
    const page = newPage()
    const { run, address } = await moved(page)
    expect(page.status(run)).toMatchObject({ privateServer: 'inUse', reason: null, attempt: 0 })
    expect(page.events.some((e) => e.type === 'source' && e.run === run && e.status.privateServer === 'available')).toBe(true)
    const client = clientOf(address)
    await client.lpush('queue', '0.1', '0.2')
    await page.untilStatus(run, ({ finished }) => finished === 2, 'both tasks')

    const second = await page.startQueue({ url: `redis://127.0.0.1:${await closedPort()}`, queue: 'other' })
    const fault = await page.untilStatus(second, ({ phase }) => phase === 'unreachable', 'the refusal')
    expect(fault.privateServer).toBe('running')
    page.send({ type: 'source', run: second, action: 'private' })
    await page.untilStatus(second, (status) => status.phase === 'consuming' && status.address === address, 'the same server')
    // Asked twice while it is connected, it has one consumer all the same.
    for (let i = 0; i < 2; i++) page.send({ type: 'source', run: second, action: 'private' })
    await pause(300)
    await until(async () => (await client.zcard('ls:{other}:consumers')) > 0, 'its consumer')
    expect(await client.zcard('ls:{other}:consumers')).toBe(1)
    await client.lpush('other', '0.1')
    await page.untilStatus(second, ({ finished }) => finished === 1, 'its task')

    const pid = await pidOf(client)
    const began = performance.now()
    await page.engine.close()
    expect(performance.now() - began).toBeLessThan(2000)
    expect(isAlive(pid)).toBe(false)
  })

  test('only this machine reaches it; it writes all to its own folder; what could become files or code of ours is refused', async () => {
    const server = newServer()
    const started = await server.start()
    const address = started.ok ? started.value : ''
    const port = Number(address.split(':')[1])
    expect(await opens('127.0.0.1', port)).toBe(true)
    const others = Object.values(networkInterfaces()).flatMap((list) => list ?? [])
    for (const { address: other } of others.filter(({ internal }) => !internal)) expect(await opens(other, port)).toBe(false)
    const client = clientOf(address)
    expect(await client.info('persistence')).toMatch(/aof_enabled:1/)
    for (const command of ['CONFIG', 'MODULE', 'DEBUG', 'REPLICAOF', 'SLAVEOF', 'MIGRATE'])
      await expect(client.call(command, 'GET', 'dir')).rejects.toThrow(/unknown command/i)
    await client.lpush('queue', 'kept')
    await server.close()

    const next = newServer()
    const again = await next.start()
    expect(await clientOf(again.ok ? again.value : '').lrange('queue', 0, -1)).toEqual(['kept'])
  })

  test('two hosts of one user have a folder each', async () => {
    const [one, two] = await Promise.all([newServer().start(), newServer().start()])
    expect(one.ok && two.ok && one.value !== two.value).toBe(true)
    await clientOf(one.ok ? one.value : '').set('mine', '1')
    expect(await clientOf(two.ok ? two.value : '').get('mine')).toBeNull()
    expect([1, 2, 3].map((n) => existsSync(join(dataDir, `redis-${n}`)))).toEqual([true, true, false])
  })

  test('asked twice at once there is one', async () => {
    const server = newServer()
    const [one, two] = await Promise.all([server.start(), server.start()])
    expect(one).toEqual(two)
    expect(await server.start()).toEqual(one)
    expect(existsSync(join(dataDir, 'redis-2'))).toBe(false)
  })

  test('killed by somebody: the page hears of it, and may start it again with all that was in it', async () => {
    const page = newPage()
    const { run, address } = await moved(page)
    const client = clientOf(address)
    page.send({ type: 'push', run, payloads: ['9'] })
    await page.untilStatus(run, ({ inFlight }) => inFlight === 1, 'the task')
    const other = await page.startQueue({ url: `redis://127.0.0.1:${await closedPort()}` })
    page.send({ type: 'source', run: other, action: 'memory' })
    await page.untilStatus(
      other,
      (status) => status.phase === 'memory' && status.privateServer === 'running',
      'a queue in memory',
    )
    // A write may wait for the disk for a second or two; what was written outlives the process.
    await until(async () => /aof_buffer_length:0\r/.test(await client.info('persistence')), 'the disk')
    process.kill(await pidOf(client), 'SIGKILL')
    await page.untilStatus(other, ({ privateServer }) => privateServer === 'available', 'the news', 1000)
    await page.untilStatus(run, (status) => status.phase === 'unreachable' && status.privateServer === 'available', 'the fault')
    page.send({ type: 'source', run, action: 'private' })
    const back = await page.untilStatus(run, (status) => status.phase === 'consuming', 'the server')
    expect(back.privateServer).toBe('inUse')
    await page.untilStatus(run, ({ recovered }) => recovered === 1, 'the task again', 15_000)
  })

  test.each([
    ['killed with -9', 'SIGKILL'],
    ['told to end', 'SIGTERM'],
  ] as const)('a host that is %s leaves no server behind', async (_how, signal) => {
    const file = await bundleChild('tests/support/engineChild.ts')
    const child = spawn(process.execPath, [file, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] })
    children.push(child)
    let said = ''
    child.stdout.on('data', (piece) => (said += String(piece)))
    await until(() => said.endsWith('\n'), 'the address')
    const client = clientOf(said.trim())
    const pid = await pidOf(client)
    // Its own commands must not hold it up either.
    void client.blpop('nothing', 0).catch(() => 'as expected')
    child.kill(signal)
    await until(() => !isAlive(pid), 'the server to end', 2000)
    await until(() => !keepers(dataDir), 'its keeper to end', 2000)
    // The folder may be had again.
    const next = await newServer().start()
    expect(next.ok).toBe(true)
    expect(existsSync(join(dataDir, 'redis-2'))).toBe(false)
  })
})
