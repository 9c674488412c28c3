/** The browser host's server with a page of two words, and a client that sends exactly what it is told. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { type IncomingHttpHeaders, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { WebSocket } from 'ws'
import { defaultSettings } from '#protocol/settings'
import { type PageServer, startPageServer } from '../../electron/channels/pageServer'
import type { Engine } from '../../electron/engine/engine'

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export interface ServedPage {
  readonly server: PageServer
  /** Beside the page's folder lies `secret.txt`. */
  readonly folder: string
  readonly origin: string
  get(path: string, headers?: Readonly<Record<string, string>>, method?: string): Promise<Answer>
  /** What a browser keeps that has opened the printed address. */
  cookie(): Promise<string>
  dial(headers: Readonly<Record<string, string>>, path?: string): WebSocket
  /** A page's line, open. */
  line(): Promise<WebSocket>
  close(): Promise<void>
}

export async function servePage(engine: Pick<Engine, 'attach'>): Promise<ServedPage> {
  const folder = mkdtempSync(join(tmpdir(), 'loopscope-server-'))
  mkdirSync(join(folder, 'renderer'))
  writeFileSync(join(folder, 'renderer/index.html'), 'the page')
  writeFileSync(join(folder, 'secret.txt'), 'secret')
  const pageFolder = join(folder, 'renderer')
  const started = await startPageServer({ port: 0, pageFolder, appearance: () => defaultSettings, engine })
  if (!started.ok) throw new Error(started.problem)
  const server = started.value
  const origin = `http://127.0.0.1:${server.port}`

  const get: ServedPage['get'] = (path, headers = {}, method = 'GET') =>
    new Promise((resolve, reject) => {
      const asked = request({ host: '127.0.0.1', port: server.port, path, method, headers }, (response) => {
        let body = ''
        response.setEncoding('utf8')
        response.on('data', (part: string) => {
          body += part
        })
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }))
      })
      asked.on('error', reject)
      asked.end()
    })
  const cookie = async () => (await get(pathOf(server.address))).headers['set-cookie']![0]!.split(';')[0]!
  const dial: ServedPage['dial'] = (headers, path = '/socket') =>
    new WebSocket(`ws://127.0.0.1:${server.port}${path}`, { headers })
  return {
    server,
    folder,
    origin,
    get,
    cookie,
    dial,
    async line() {
      const socket = dial({ cookie: await cookie(), origin })
      const status = await opened(socket)
      if (status !== 101) throw new Error(`the line was refused with ${status}`)
      return socket
    },
    async close() {
      await server.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export const pathOf = (address: string) => address.replace(/^http:\/\/[^/]+/, '')

/** Status of the answer to the upgrade; 101 when it is open. */
export const opened = (socket: WebSocket) =>
  new Promise<number>((resolve, reject) => {
    socket.once('open', () => resolve(101))
    socket.once('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0))
    socket.once('error', reject)
  })

/** The code with which the line was closed. */
export const closed = (socket: WebSocket) => new Promise<number>((resolve) => socket.once('close', resolve))
