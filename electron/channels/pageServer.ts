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
import type { Engine } from '../engine/engine'
import { type Door, makeDoor } from './door'
import { pageFile, securityHeaders } from './pageFiles'
import { maxMessageBytes, socketChannel } from './socket'

export const maxClients = 4

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
  readonly engine: Pick<Engine, 'attach'>
}

export async function startPageServer({ port, pageFolder, engine }: PageServerOptions): Promise<Result<PageServer>> {
  const server = createServer({ requestTimeout: 10_000 })
  const taken = await listen(server, port)
  if (taken) return failure(taken)
  const actual = (server.address() as AddressInfo).port
  const door = makeDoor(actual)
  server.on('request', (request, response) => {
    answer(request, response, door, pageFolder).catch((error: unknown) => {
      console.error('Loopscope: a request failed:', error)
      response.destroy()
    })
  })
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

async function answer(request: IncomingMessage, response: ServerResponse, door: Door, pageFolder: string): Promise<void> {
  const path = pathOf(request)
  const token = tokenOf(request)
  const reads = request.method === 'GET' || request.method === 'HEAD'
  if (reads && path === '/' && token !== null && door.isHere(request) && door.takes(token)) {
    response.writeHead(303, { ...securityHeaders, 'set-cookie': door.cookie, location: '/', 'cache-control': 'no-store' }).end()
    return
  }
  if (!door.admits(request)) {
    say(response, 403, 'Forbidden: open the address that Loopscope printed, with its token.')
    return
  }
  if (!reads) {
    say(response, 405, 'Only GET and HEAD.')
    return
  }
  const file = await pageFile(pageFolder, path)
  response.writeHead(file.status, file.headers)
  response.end(request.method === 'HEAD' ? undefined : file.body)
}

function acceptSockets(engine: Pick<Engine, 'attach'>): WebSocketServer {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxMessageBytes, perMessageDeflate: false })
  sockets.on('connection', (socket) => {
    const detach = engine.attach(socketChannel(socket))
    socket.on('close', detach)
  })
  return sockets
}

function say(response: ServerResponse, status: number, words: string): void {
  response.writeHead(status, { ...securityHeaders, 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' })
  response.end(`${words}\n`)
}

function refuse(socket: Duplex, status: string): void {
  socket.on('error', () => socket.destroy())
  socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`)
}

// The request's target is split by hand: `new URL` would resolve `..` and accept whole addresses before anybody could look at them.
const pathOf = (request: IncomingMessage): string => (request.url ?? '/').split(/[?#]/, 1)[0] ?? '/'

const tokenOf = (request: IncomingMessage): string | null =>
  new URLSearchParams((request.url ?? '').split('#', 1)[0]?.split('?').slice(1).join('?')).get('token')
