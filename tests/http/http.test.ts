import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { RunDocument } from '#protocol/document'
import { toDocument } from '../../electron/engine/document'
import type { Run } from '../../electron/engine/run'
import { type Bench, bench, lines, printed, statesOf, taskNamed } from '../support/runs'
import { pause, until } from '../support/until'

vi.mock('../../electron/scenarios/index', () => import('../support/programmes/index'))

let engine: Bench
beforeAll(() => {
  engine = bench('test-workers')
})
afterAll(() => engine.close())
const run = (what: string) => engine.run('http-test', { what })
const requests = ({ tasks }: RunDocument) => tasks.filter(({ lane }) => lane === 'server')

/** Starts a programme that prints its server's address; resolves when it has. */
async function serving(what: string): Promise<{ started: Run; port: number }> {
  const started = engine.start('http-test', { what })
  await printed(started, 1)
  return { started, port: Number(new URL(lines(toDocument(started))[0]!).port) }
}

/** Sends bytes, resolves with what came back until the server closed or `ms` were over. */
function exchange(port: number, bytes: string, ms = 500): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes))
    let answer = ''
    socket.setEncoding('utf8')
    socket.on('data', (part) => {
      answer += part
    })
    socket.on('error', reject)
    socket.on('close', () => resolve(answer))
    setTimeout(() => socket.destroy(), ms)
  })
}

const isOpen = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true))
    socket.on('error', () => resolve(false))
    socket.on('connect', () => socket.destroy())
  })

describe('HTTP', () => {
  it('brings pages, and charts only what the programme asks for', async () => {
    const document = await run('pages')
    expect(lines(document)).toEqual(['page 1', 'page two-2'])
    expect(document.tasks.map(({ name, end }) => `${name} ${end}`)).toEqual([
      'main finished',
      'GET /1 finished',
      'GET /two-2 finished',
    ])
    expect(document.spans.filter(({ lane, state }) => lane === 'main' && state === 'sleeping')).toHaveLength(2)
  })

  it('says in one sentence what went wrong, and goes on', async () => {
    const document = await run('refused')
    const url = /http:\/\/127\.0\.0\.1:\d+/g
    expect(lines(document).map((line) => line.replace(url, 'URL'))).toEqual([
      'HttpError: GET URL/no/such/page failed: the server answered 404',
      expect.stringMatching(/^HttpError: GET http:\/\/localhost:\d+\/1 failed: /),
      'HttpError: GET URL/1 failed: connect ECONNREFUSED 127.0.0.1:1',
      'TypeError: Invalid URL',
      'HttpError: GET URL/no/such/page failed: the server answered 404',
      'Error: this programme has one server, and has it already; or its scenario names no connections',
      'page 1',
    ])
  })

  it('has a hundred requests under way at once, each on a socket of its own', async () => {
    const document = await run('many')
    expect(lines(document).at(-1)).toBe('100')
    expect(lines(document)).toHaveLength(101)
    expect(requests(document).map(({ end }) => end)).toEqual(Array(100).fill('finished'))
    const begun = requests(document).map(({ startSeconds }) => startSeconds!)
    const done = requests(document).map(({ finishSeconds }) => finishSeconds!)
    expect(Math.max(...begun)).toBeLessThan(Math.min(...done))
  })

  it('closes the connection of a request that is cancelled: the server drops it, and serves the next', async () => {
    const document = await run('cancelling')
    expect(lines(document)).toEqual(['cancelled true', 'page next', 'undefined'])
    expect(taskNamed(document, 'late').end).toBe('cancelled')
    const dropped = taskNamed(document, 'GET /late')
    expect(dropped.end).toBe('cancelled')
    expect(dropped.finishSeconds).toBeLessThan(0.4)
    expect(taskNamed(document, 'GET /next').end).toBe('finished')
  })

  it('lets other threads use a client that they are given', async () => {
    const document = await run('threads')
    expect([...lines(document)].sort()).toEqual(['page a, page b', 'page c'])
    expect(statesOf(document, 'thread-1')).toContain('sleeping')
    expect(statesOf(document, taskOnLoop(document))).toContain('suspended')
  })

  it('is at rest when its threads are ended: Node 16 aborts the process where one is in the midst of a socket’s event', async () => {
    const { started } = await serving('waiting')
    const { control } = started.programme
    expect(control.atRest).toBe(false)
    await started.stop()
    expect(control.atRest).toBe(true)
  })

  it('costs no core while it waits', async () => {
    const { started } = await serving('waiting')
    await pause(200)
    const before = process.cpuUsage()
    await pause(2000)
    const { user, system } = process.cpuUsage(before)
    // The whole process with all its threads; a thread that spun would make it 100 %.
    expect((user + system) / 2e6).toBeLessThan(0.1)
    await started.stop()
  })

  it.each(['waiting', 'awaiting'])('stops within a second while it is %s, and its port is free again', async (what) => {
    const { started, port } = await serving(what)
    await until(() => {
      started.drain()
      return requests(toDocument(started)).length > 0
    }, 'the request')
    expect(await isOpen(port)).toBe(true)
    const asked = performance.now()
    await started.stop()
    expect(performance.now() - asked).toBeLessThan(1000)
    expect(await isOpen(port)).toBe(false)
    const ends = requests(toDocument(started)).map(({ end }) => end)
    expect(ends).toEqual(what === 'waiting' ? ['killed'] : ['killed', 'pending'])
  })

  it.each([0, 30, 60, 120])('stops within a second while it is being prepared, after %d ms of that', async (millis) => {
    const started = engine.start('http-test', { what: 'open' })
    await started.programme.warm
    await pause(millis)
    const asked = performance.now()
    await started.stop()
    expect(performance.now() - asked).toBeLessThan(1000)
    expect(started.phase).toBe('stopped')
  })

  it('answers strangers by what is no page of it, and charts none of them', async () => {
    const { started, port } = await serving('open')
    const host = `Host: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`
    const refused = [
      `POST /1 HTTP/1.1\r\n${host}`,
      `GET /../1 HTTP/1.1\r\n${host}`,
      `GET /1 HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n`,
    ]
    for (const bytes of refused) expect(await exchange(port, bytes)).toMatch(/^HTTP\/1\.1 404 /)
    expect(await exchange(port, 'nonsense\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /)
    expect(await exchange(port, `GET /mine HTTP/1.1\r\n${host}`)).toMatch(/^HTTP\/1\.1 200 OK[\s\S]*\r\n\r\npage mine$/)
    // A client that goes in the middle.
    await exchange(port, `GET /gone HTTP/1.1\r\n${host}`, 20)
    await until(() => {
      started.drain()
      return requests(toDocument(started)).some(({ end }) => end === 'cancelled')
    }, 'the server to notice')
    await started.stop()
    expect(requests(toDocument(started)).map(({ name, end }) => `${name} ${end}`)).toEqual([
      'GET /mine finished',
      'GET /gone cancelled',
    ])
  })
})

const taskOnLoop = ({ tasks }: RunDocument) => tasks.find(({ lane }) => lane === 'loop')!.name
