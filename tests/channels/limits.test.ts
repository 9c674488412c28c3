/** What one client can cost the browser host: each limit is met by somebody who goes past it. */
import { connect, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Channel } from '#protocol/channel'
import type { EngineEvent } from '#protocol/messages'
import { closed, opened, pathOf, type ServedPage, servePage } from '../support/servedPage'

type Line = Channel<unknown, EngineEvent | Uint8Array>
let page: ServedPage
let lines: Line[]
let detached: number
const sockets: Socket[] = []

beforeEach(async () => {
  lines = []
  detached = 0
  page = await servePage({
    attach(line: Line) {
      lines.push(line)
      return () => {
        detached++
      }
    },
  })
})
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy()
  vi.restoreAllMocks()
  await page.close()
})

interface Raw {
  readonly socket: Socket
  /** What came so far. */
  heard(): string
  /** Milliseconds until the server had closed it. */
  readonly ended: Promise<number>
}

function raw(text = ''): Raw {
  const begin = Date.now()
  const socket = connect(page.server.port, '127.0.0.1')
  sockets.push(socket)
  let heard = ''
  socket.on('data', (piece) => {
    heard += piece
  })
  const ended = new Promise<number>((resolve) => {
    // A reset is an end as well: whoever still sends into a closed connection gets one.
    socket.on('error', () => socket.destroy())
    socket.once('end', () => resolve(Date.now() - begin))
    socket.once('close', () => resolve(Date.now() - begin))
  })
  socket.write(text)
  return { socket, heard: () => heard, ended }
}

const head = (first: string, ...more: string[]) =>
  `${[first, `Host: 127.0.0.1:${page.server.port}`, ...more].join('\r\n')}\r\n\r\n`

describe('requests', () => {
  test.each([
    ['of a known length', 'POST / HTTP/1.1', ['Content-Length: 1000000000']],
    ['in chunks', 'POST / HTTP/1.1', ['Transfer-Encoding: chunked']],
    ['of a GET', 'GET / HTTP/1.1', ['Content-Length: 5']],
    ['that is announced', 'POST / HTTP/1.1', ['Content-Length: 1000000000', 'Expect: 100-continue']],
  ])('a body %s is refused unread, even with the cookie', async (_what, first, headers) => {
    const client = raw(head(first, `Cookie: ${await page.cookie()}`, ...headers))
    let sent = 0
    const flood = setInterval(() => {
      if (client.socket.writable && client.socket.writableLength === 0) client.socket.write(`8000\r\n${'x'.repeat(0x8000)}\r\n`)
      sent += 0x8000
    }, 1)
    await client.ended
    clearInterval(flood)
    expect(client.heard()).toMatch(/^HTTP\/1\.1 413 /)
    expect(client.heard()).toContain('connection: close')
    expect(sent).toBeLessThan(50 * 0x8000)
  })

  test('headers longer than 16 KB are refused', async () => {
    expect((await page.get('/', { cookie: await page.cookie(), 'x-long': 'x'.repeat(17_000) })).status).toBe(431)
    expect((await page.get('/', { cookie: await page.cookie(), 'x-long': 'x'.repeat(15_000) })).status).toBe(200)
  })

  test('who says nothing, or says it slowly, is sent away within seconds', async () => {
    const silent = raw()
    const slow = raw(`GET / HTTP/1.1\r\nHost: 127.0.0.1:${page.server.port}\r\nX-A: `)
    const drip = setInterval(() => slow.socket.writable && slow.socket.write('a'), 200)
    // It was told no, and keeps its half of the connection open.
    const refused = raw(head('GET /socket HTTP/1.1', 'Connection: Upgrade', 'Upgrade: websocket'))
    const times = await Promise.all([silent.ended, slow.ended])
    clearInterval(drip)
    for (const time of times) expect(time).toBeLessThan(7500)
    expect(slow.heard()).toMatch(/^HTTP\/1\.1 408 /)
    expect(refused.heard()).toMatch(/^HTTP\/1\.1 403 /)
  })

  test('whoever is refused keeps no connection', async () => {
    const client = raw(head('GET / HTTP/1.1', 'Connection: keep-alive'))
    expect(await client.ended).toBeLessThan(1000)
    expect(client.heard()).toMatch(/^HTTP\/1\.1 403 [\s\S]*connection: close/)
  })

  test('a refused upgrade whose client keeps its half open is ended', async () => {
    const client = connect({ port: page.server.port, host: '127.0.0.1', allowHalfOpen: true })
    sockets.push(client)
    client.resume()
    client.write(head('GET /socket HTTP/1.1', 'Connection: Upgrade', 'Upgrade: websocket'))
    let broken = false
    client.on('error', () => {
      broken = true
    })
    await pause(1300)
    // To a connection that is gone, the first write brings a reset.
    const writer = setInterval(() => client.write('x'), 10)
    await expect.poll(() => broken, { timeout: 500 }).toBe(true)
    clearInterval(writer)
  })

  test('no more connections than a few pages need', async () => {
    const clients = Array.from({ length: 64 }, () => raw())
    await Promise.all(clients.map(({ socket }) => new Promise((resolve) => socket.once('connect', resolve))))
    await pause(50)
    const one = raw(head('GET / HTTP/1.1'))
    expect(await one.ended).toBeLessThan(1000)
    expect(one.heard()).toBe('')
    expect(clients.filter(({ socket }) => socket.readableEnded)).toEqual([])
    clients[0]!.socket.destroy()
    await pause(50)
    expect((await page.get('/')).status).toBe(403)
  })
})

test('after ten wrong tokens none is taken, the console says so once, and the page that is open goes on', async () => {
  const said = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const cookie = await page.cookie()
  for (let n = 0; n < 10; n++) expect((await page.get(`/?token=${n}`)).status).toBe(403)
  for (const address of [page.server.address, page.server.onceAddress(), '/?token=x']) {
    const answer = await page.get(pathOf(address))
    expect(answer.status).toBe(429)
    expect(answer.headers['retry-after']).toBe('60')
    expect(answer.headers['set-cookie']).toBeUndefined()
    expect(answer.body).toMatch(/^Too many wrong tokens came: none is taken for 60 s\. [^\n]+\n$/)
  }
  expect(said.mock.calls.map(String)).toEqual([
    'Loopscope: 10 wrong tokens came within a minute, so none is taken for 60 s; pages that are open go on.',
  ])
  for (const path of ['/', '/?token=x']) expect(await page.get(path, { cookie })).toMatchObject({ status: 200, body: 'the page' })
  expect(await opened(page.dial({ cookie, origin: page.origin }))).toBe(101)
})

test('a picture in some other page locks nobody out', async () => {
  const image = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' }
  for (let n = 0; n < 20; n++) expect((await page.get(`/?token=${n}`, image)).status).toBe(403)
  expect((await page.get(pathOf(page.server.address), image)).status).toBe(403)
  expect((await page.get(pathOf(page.server.address))).status).toBe(303)
})

describe('lines', () => {
  test('a page that does not read is let go before it fills the memory', async () => {
    const socket = await page.line()
    socket.pause()
    const frame = new Uint8Array(2_000_000)
    for (let n = 0; n < 50; n++) lines[0]!.send(frame)
    await pause(50)
    expect(detached).toBe(0)
    for (let n = 0; n < 20; n++) lines[0]!.send(frame)
    await expect.poll(() => detached).toBe(1)
  })

  test('a page whose line is closed hears why, and one that does not answer is let go', async () => {
    const said = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const socket = await page.line()
    const end = new Promise((resolve) => socket.once('close', (code, reason) => resolve([code, String(reason)])))
    lines[0]!.close('too much')
    expect(await end).toEqual([1008, 'too much'])
    expect(said.mock.calls.map(String)).toEqual(['Loopscope: the line of a page was closed: too much.'])
    const deaf = await page.line()
    deaf.pause()
    const begin = Date.now()
    lines[1]!.close('too much')
    await expect.poll(() => detached, { timeout: 5000 }).toBe(2)
    expect(Date.now() - begin).toBeLessThan(2000)
    const mute = await page.line()
    mute.pause()
    mute.send('x'.repeat(300_000))
    await expect.poll(() => detached, { timeout: 3000 }).toBe(3)
  })

  test('after what is no JSON nothing more is heard', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const socket = await page.line()
    const heard: unknown[] = []
    let ends = 0
    lines[0]!.onMessage((message) => heard.push(message))
    lines[0]!.onClose(() => ends++)
    const end = closed(socket)
    socket.send('1')
    for (let n = 0; n < 100; n++) socket.send(n % 2 ? '{' : '2')
    expect(await end).toBe(1007)
    expect(heard).toEqual([1, 2, null])
    expect(ends).toBe(1)
  })

  test('a flood of pings is not answered', async () => {
    const socket = await page.line()
    let pongs = 0
    socket.on('pong', () => pongs++)
    for (let n = 0; n < 1000; n++) socket.ping('x'.repeat(100))
    const heard = new Promise((resolve) => lines[0]!.onMessage(resolve))
    socket.send('1')
    await heard
    await pause(50)
    expect(pongs).toBe(0)
  })
})
