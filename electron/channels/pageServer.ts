/**
 * The server of the browser host: the built page and the engine's line over HTTP and WebSocket, on 127.0.0.1 only. Any page in any browser of this machine
 * can send requests here, so each one must show that it comes from ours: the right Host (else DNS rebinding), no foreign Origin, and the
 * cookie that only the printed address gives.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import { failure, type Result, success } from '#protocol/result'
import type { Appearance } from '#protocol/settings'
import type { Engine } from '../engine/engine'
import { type Door, makeDoor, wrongTokensPerMinute } from './door'
import { pageFile, securityHeaders } from './pageFiles'
import { maxMessageBytes, socketChannel } from './socket'

/** Pages with a line to the engine. */
export const maxClients = 4
/** Ours need six for each page, and one for its line. */
const maxConnections = 64
const limits = {
  maxHeaderSize: 16 * 1024,
  headersTimeout: 5000,
  requestTimeout: 10_000,
  keepAliveTimeout: 5000,
  // Node looks every 30 s unless it is told, and until then its time limits are none.
  connectionsCheckingInterval: 1000,
}

export interface PageServer {
  readonly port: number
  /** For people: opens the page as long as the host runs. */
  readonly address: string
  /** For the browser that we start: its command line can be read by other users of the machine, so this address opens the page once. */
  onceAddress(): string
  /** Resolves when the port is free again. */
  close(): Promise<void>
}

export interface PageServerOptions {
  /** 0: any free port. */
  readonly port: number
  /** Absolute folder of the built page. */
  readonly pageFolder: string
  readonly appearance: () => Appearance
  readonly engine: Pick<Engine, 'attach'>
}

export async function startPageServer({ port, engine, ...page }: PageServerOptions): Promise<Result<PageServer>> {
  const server = createServer(limits)
  server.maxConnections = maxConnections
  const taken = await listen(server, port)
  if (taken) return failure(taken)
  const actual = (server.address() as AddressInfo).port
  const door = makeDoor(actual, { onLock: sayLocked })
  const onRequest = (request: IncomingMessage, response: ServerResponse) => {
    answer(request, response, door, page).catch((error: unknown) => {
      console.error('Loopscope: a request failed:', error)
      response.destroy()
    })
  }
  server.on('request', onRequest)
  // Who asks before sending a body is answered at once, and not told to go on.
  server.on('checkContinue', onRequest)
  const sockets = acceptSockets(engine)
  server.on('upgrade', (request, socket, head) => {
    const path = pathOf(request)
    // A browser always sends Origin with an upgrade; without one it is none of our pages.
    if (path !== '/socket' || request.headers.origin !== door.origin || !door.admits(request)) refuse(socket, '403 Forbidden')
    else if (sockets.clients.size >= maxClients) refuse(socket, '503 Service Unavailable')
    else sockets.handleUpgrade(request, socket, head, (client) => sockets.emit('connection', client, request))
  })
  return success({
    port: actual,
    address: `${door.origin}/?token=${door.token}`,
    onceAddress: () => `${door.origin}/?token=${door.newOnceToken()}`,
    close: () =>
      new Promise((resolve) => {
        for (const client of sockets.clients) client.terminate()
        server.close(() => resolve())
        // Node 16 has no closeAllConnections, and only Node ≥ 20 runs this host.
        server.closeAllConnections()
      }),
  })
}

/** Resolves with null when the server listens, else with the sentence that says why not. */
function listen(server: ReturnType<typeof createServer>, port: number): Promise<string | null> {
  return new Promise((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const reason =
        error.code === 'EADDRINUSE' ? 'it is in use' : error.code === 'EACCES' ? 'it needs more rights' : error.message
      resolve(`Port ${port} cannot be used: ${reason}; --port takes another one, 0 any free one.`)
    })
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => resolve(null))
  })
}

type ServedPage = Pick<PageServerOptions, 'pageFolder' | 'appearance'>

async function answer(request: IncomingMessage, response: ServerResponse, door: Door, page: ServedPage): Promise<void> {
  if (hasBody(request)) return say(response, 413, 'No request here has a body.')
  const path = pathOf(request)
  const token = tokenOf(request)
  if (request.method === 'GET' && path === '/' && token !== null && door.mayBringToken(request)) {
    const judgement = door.judge(token)
    if (judgement.kind === 'right') {
      response.writeHead(303, { ...securityHeaders, 'set-cookie': door.cookie, location: '/', 'cache-control': 'no-store' }).end()
      return
    }
    if (judgement.kind === 'locked' && !door.admits(request)) {
      response.setHeader('retry-after', judgement.seconds)
      return say(
        response,
        429,
        `Too many wrong tokens came: none is taken for ${judgement.seconds} s. Pages that are open go on.`,
      )
    }
  }
  if (!door.admits(request)) return say(response, 403, 'Forbidden: open the address that Loopscope printed, with its token.')
  if (request.method !== 'GET' && request.method !== 'HEAD') return say(response, 405, 'Only GET and HEAD.')
  const file = await pageFile(page.pageFolder, path, page.appearance())
  response.writeHead(file.status, file.headers)
  response.end(request.method === 'HEAD' ? undefined : file.body)
}

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0'

const sayLocked = (seconds: number) =>
  console.error(
    `Loopscope: ${wrongTokensPerMinute} wrong tokens came within a minute, so none is taken for ${seconds} s; pages that are open go on.`,
  )

function acceptSockets(engine: Pick<Engine, 'attach'>): WebSocketServer {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: maxMessageBytes,
    perMessageDeflate: false,
    // Pages send no pings, and answers to a flood of them would wait in memory.
    autoPong: false,
  })
  sockets.on('connection', (socket) => {
    const detach = engine.attach(socketChannel(socket))
    socket.on('close', detach)
  })
  return sockets
}

function say(response: ServerResponse, status: number, words: string): void {
  // Who is refused keeps no connection, and what it may still be sending is not read.
  const headers = { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store', connection: 'close' }
  response.writeHead(status, { ...securityHeaders, ...headers })
  response.end(`${words}\n`)
}

function refuse(socket: Duplex, status: string): void {
  socket.on('error', () => socket.destroy())
  socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`)
  // The other end may never close its half; Node's own time limits end with the upgrade.
  setTimeout(() => socket.destroy(), 1000).unref()
}

// The request's target is split by hand: `new URL` would resolve `..` and accept whole addresses before anybody could look at them.
const pathOf = (request: IncomingMessage): string => (request.url ?? '/').split(/[?#]/, 1)[0] ?? '/'

const tokenOf = (request: IncomingMessage): string | null =>
  new URLSearchParams((request.url ?? '').split('#', 1)[0]?.split('?').slice(1).join('?')).get('token')
