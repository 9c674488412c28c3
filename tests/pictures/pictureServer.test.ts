/** The server for one page and one picture: nobody else gets the run, and what comes back is taken once. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { PictureTask } from '#protocol/pictureTask'
import { type PictureServer, startPictureServer } from '../../electron/pictures/pictureServer'

const folder = mkdtempSync(join(tmpdir(), 'loopscope-picture-page-'))
writeFileSync(join(folder, 'picture.html'), '<html lang="en"><title>the page</title>')
afterAll(() => rmSync(folder, { recursive: true }))

const task = { kind: 'svg', scale: 1, width: 800, title: 'Threads', document: { scenario: 'threads' } } as unknown as PictureTask
let server: PictureServer
beforeEach(async () => {
  server = await startPictureServer(task, folder)
})
afterEach(() => server.close())

interface Asked {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer
}
const ask = (address: string, { method = 'GET', headers = {}, body = '' }: Asked = {}) =>
  new Promise<{ status: number; headers: Record<string, unknown>; body: string }>((resolve, reject) => {
    const asked = request(address, { method, headers }, (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts).toString() }),
      )
    })
    asked.on('error', reject)
    asked.end(body)
  })
async function admitted(): Promise<{ origin: string; headers: Record<string, string> }> {
  const address = server.newAddress()
  const { status, headers } = await ask(address)
  expect([status, headers['location']]).toEqual([303, '/picture.html'])
  return { origin: new URL(address).origin, headers: { cookie: String(headers['set-cookie']).split(';')[0]! } }
}

describe('who came by its address', () => {
  test('gets the page and the task', async () => {
    const { origin, headers } = await admitted()
    expect((await ask(`${origin}/picture.html`, { headers })).body).toContain('the page')
    expect(JSON.parse((await ask(`${origin}/task.json`, { headers })).body)).toEqual(task)
    expect((await ask(`${origin}/../secret`, { headers })).status).toBe(404)
    expect((await ask(`${origin}/task.json`, { method: 'PUT', headers })).status).toBe(405)
  })
  test('may bring the picture', async () => {
    const { origin, headers } = await admitted()
    const bytes = Buffer.from([0, 255, 10, 13])
    expect((await ask(`${origin}/picture`, { method: 'POST', headers, body: bytes })).status).toBe(204)
    expect(await server.picture).toEqual({ ok: true, value: bytes })
  })
  test('or say why there is none', async () => {
    const { origin, headers } = await admitted()
    const said = { kind: 'size', text: '1 × 2' }
    await ask(`${origin}/refusal`, { method: 'POST', headers, body: JSON.stringify(said) })
    expect(await server.picture).toEqual({ ok: false, problem: said })
  })
  test.each(['', '{', '{"kind": "other", "text": ""}', `{"kind": "size", "text": "${'n'.repeat(20_000)}"}`])(
    'but no nonsense: %.20s',
    async (body) => {
      const { origin, headers } = await admitted()
      await ask(`${origin}/refusal`, { method: 'POST', headers, body }).catch(() => undefined)
      expect(await server.picture).toMatchObject({ ok: false, problem: { kind: 'fault' } })
    },
  )
})

test('nobody else gets anything', async () => {
  const address = server.newAddress()
  const { origin } = new URL(address)
  for (const path of ['/', '/picture.html', '/task.json', '/?token=0']) expect((await ask(origin + path)).status).toBe(403)
  expect((await ask(`${origin}/picture`, { method: 'POST', body: 'mine' })).status).toBe(403)
  expect((await ask(address)).status).toBe(303)
  expect((await ask(address)).status).toBe(403)
  const { headers } = await admitted()
  expect((await ask(`${origin}/task.json`, { headers: { ...headers, origin: 'http://elsewhere.invalid' } })).status).toBe(403)
  expect((await ask(`${origin}/task.json`, { headers: { ...headers, host: 'elsewhere.invalid' } })).status).toBe(403)
})
