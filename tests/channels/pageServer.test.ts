import { connect } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Channel } from '#protocol/channel'
import type { EngineEvent } from '#protocol/messages'
import { defaultSettings } from '#protocol/settings'
import { maxClients, type PageServer, startPageServer } from '../../electron/channels/pageServer'
import { closed, opened, pathOf, type ServedPage, servePage } from '../support/servedPage'

type Line = Channel<unknown, EngineEvent | Uint8Array>

let page: ServedPage
let server: PageServer
/** Lines that the engine was given, and how many of them ended. */
let lines: Line[]
let detached: number

beforeEach(async () => {
  lines = []
  detached = 0
  const engine = {
    attach(line: Line) {
      lines.push(line)
      return () => {
        detached++
      }
    },
  }
  page = await servePage(engine)
  server = page.server
})
afterEach(() => page.close())

const get: ServedPage['get'] = (...asked) => page.get(...asked)
const cookie = () => page.cookie()

describe('the door', () => {
  test('the printed address gives a cookie and leads to the page without the token', async () => {
    expect(server.address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[0-9a-f]{32}$/)
    const { status, headers } = await get(pathOf(server.address))
    expect(status).toBe(303)
    expect(headers.location).toBe('/')
    expect(headers['set-cookie']![0]).toMatch(/; HttpOnly; SameSite=Strict; Path=\/$/)
    expect(headers['set-cookie']![0]).not.toContain(new URL(server.address).searchParams.get('token'))
    const page = await get('/', { cookie: await cookie() })
    expect(page).toMatchObject({ status: 200, body: 'the page' })
    expect(page.headers['content-security-policy']).toContain("default-src 'none'")
    expect(page.headers['cross-origin-resource-policy']).toBe('same-origin')
  })

  test('the address for the browser that we start works once', async () => {
    const once = server.onceAddress()
    expect((await get(pathOf(once))).status).toBe(303)
    expect((await get(pathOf(once))).status).toBe(403)
    expect((await get(pathOf(server.address))).status).toBe(303)
  })

  test.each([
    ['no cookie', '/', {}],
    ['a wrong cookie', '/', { cookie: 'loopscope=1' }],
    ['no token', '/?token=', {}],
    ['a wrong token', `/?token=${'0'.repeat(32)}`, {}],
    ['a token elsewhere', '/index.html?token=TOKEN', {}],
  ])('%s: 403 and not a word of the page', async (_what, path, headers) => {
    const token = new URL(server.address).searchParams.get('token')!
    const answer = await get(path.replace('TOKEN', token), headers)
    expect(answer.status).toBe(403)
    expect(answer.headers['set-cookie']).toBeUndefined()
    expect(answer.body).not.toContain('the page')
  })

  test.each(['localhost:PORT', 'evil.example', '127.0.0.1', '127.0.0.1:1', '127.0.0.1.evil.example:PORT', '127.0.0.2:PORT'])(
    'Host %s: 403 in spite of cookie and token',
    async (host) => {
      const headers = { host: host.replace('PORT', String(server.port)), cookie: await cookie() }
      expect((await get('/', headers)).status).toBe(403)
      expect((await get(pathOf(server.address), headers)).status).toBe(403)
    },
  )

  test.each([
    'null',
    'https://evil.example',
    'http://127.0.0.1:1',
    'https://127.0.0.1:PORT',
    'http://127.0.0.1:PORT.evil.example',
  ])('Origin %s: 403 in spite of cookie and token', async (origin) => {
    const headers = { origin: origin.replace('PORT', String(server.port)), cookie: await cookie() }
    expect((await get('/', headers)).status).toBe(403)
    expect((await get(pathOf(server.address), headers)).status).toBe(403)
  })

  test('only reading, and only the page', async () => {
    const headers = { cookie: await cookie() }
    expect((await get('/', headers, 'POST')).status).toBe(405)
    expect((await get(pathOf(server.address), {}, 'POST')).status).toBe(403)
    expect(await get('/', headers, 'HEAD')).toMatchObject({ status: 200, body: '' })
    for (const path of ['/../secret.txt', '/..%2fsecret.txt', '/%2e%2e/secret.txt', '/nothing', '/%', '/socket']) {
      const answer = await get(path, headers)
      expect([path, answer.status]).toEqual([path, 404])
      expect(answer.body).not.toContain('secret')
    }
  })

  test('only the loopback address listens, and a taken port is one sentence', async () => {
    const again = await startPageServer({
      port: server.port,
      pageFolder: page.folder,
      appearance: () => defaultSettings,
      engine: { attach: () => () => undefined },
    })
    expect(again).toEqual({
      ok: false,
      problem: `Port ${server.port} cannot be used: it is in use; --port takes another one, 0 any free one.`,
    })
    const elsewhere = await new Promise<string>((resolve) => {
      const socket = connect(server.port, '127.0.0.2')
      socket.once('connect', () => resolve('open'))
      socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? ''))
      socket.once('close', () => socket.destroy())
    })
    expect(elsewhere).not.toBe('open')
  })
})

describe('the line', () => {
  const origin = () => page.origin
  const dial: ServedPage['dial'] = (...how) => page.dial(...how)
  const open = () => page.line()

  test('text is JSON and bytes are frames, both ways in order', async () => {
    const socket = await open()
    const got: unknown[] = []
    socket.on('message', (data, isBinary) => got.push(isBinary ? [...(data as Buffer)] : JSON.parse(String(data))))
    const line = lines[0]!
    const heard = new Promise((resolve) => line.onMessage(resolve))
    socket.send('{"type":"attach"}')
    expect(await heard).toEqual({ type: 'attach' })
    line.send({ type: 'warm', threads: 8 })
    line.send(new Uint8Array(new Uint8Array([9, 1, 2, 3]).buffer, 1, 2))
    line.send({ type: 'forgotten', runs: [] })
    await expect.poll(() => got).toEqual([{ type: 'warm', threads: 8 }, [1, 2], { type: 'forgotten', runs: [] }])
    socket.close()
    await expect.poll(() => detached).toBe(1)
  })

  test.each([
    ['without a cookie', async () => ({ origin: origin() })],
    ['without an Origin', async () => ({ cookie: await cookie() })],
    ['from a foreign Origin', async () => ({ cookie: await cookie(), origin: 'https://evil.example' })],
    ['with a foreign Host', async () => ({ cookie: await cookie(), origin: origin(), host: 'evil.example' })],
  ])('%s: refused', async (_what, headers) => {
    expect(await opened(dial(await headers()))).toBe(403)
    expect(lines).toHaveLength(0)
  })

  test('only at its place', async () => {
    expect(await opened(dial({ cookie: await cookie(), origin: origin() }, '/other'))).toBe(403)
  })

  test('what is no JSON, no text or too long ends it, and only it', async () => {
    const good = await open()
    for (const [message, code] of [
      ['{', 1007],
      [Buffer.from([1, 2]), 1007],
      [`"${'x'.repeat(300_000)}"`, 1009],
    ] as const) {
      const socket = await open()
      const end = closed(socket)
      socket.send(message)
      expect(await end).toBe(code)
    }
    await expect.poll(() => detached).toBe(3)
    expect(good.readyState).toBe(good.OPEN)
  })

  test('no more pages than a few', async () => {
    for (let n = 0; n < maxClients; n++) await open()
    expect(await opened(dial({ cookie: await cookie(), origin: origin() }))).toBe(503)
  })
})
