/** Stands between a client and a server and loses what it is told to lose. */
import { connect, createServer, type Socket } from 'node:net'
import { pause } from './until'

export interface TcpProxy {
  readonly port: number
  /** Connections made through it so far. */
  readonly connections: number
  /** Asked for every piece of the server's replies, with the latest piece of the client's requests: true drops the piece and both sides of that connection. */
  dropReply: ((piece: Buffer, request: Buffer) => boolean) | null
  /** Asked for every piece of the client's requests: true drops the piece and both sides of that connection. */
  dropRequest: ((piece: Buffer) => boolean) | null
  /** What the client gets instead of a piece of the server's replies. */
  rewriteReply: ((piece: Buffer) => Buffer) | null
  /** Asked for every piece of the client's requests: holds it, and what follows on its connection, for so many ms. */
  delayRequest: ((piece: Buffer) => number) | null
  /** While it is not null, the server's replies wait for it. */
  holdReplies: Promise<void> | null
  /** Swallow everything in both directions, and keep the connections open. */
  blackHole: boolean
  /** What is open now stays open and is silent from now on, both ways; new connections are as good as ever. */
  deafen(): void
  /** Ends both sides of all connections. */
  cut(): void
  /** Ends only the client's side; the server goes on believing in the connection. */
  ghost(): void
  stop(): Promise<void>
}

export async function startProxy(target: number): Promise<TcpProxy> {
  const pairs = new Set<{ inner: Socket; outer: Socket; ghost: boolean; deaf: boolean }>()
  const server = createServer((outer) => {
    const inner = connect(target, '127.0.0.1')
    const pair = { inner, outer, ghost: false, deaf: false }
    pairs.add(pair)
    proxy.connections += 1
    const end = () => {
      outer.destroy()
      if (pair.ghost) return
      inner.destroy()
      pairs.delete(pair)
    }
    let before = Promise.resolve()
    let request: Buffer = Buffer.alloc(0)
    outer.on('data', (piece) => {
      if (proxy.dropRequest?.(piece)) end()
      if (proxy.blackHole || pair.deaf || outer.destroyed) return
      request = piece
      const ms = proxy.delayRequest?.(piece) ?? 0
      before = before.then(() => (ms > 0 ? pause(ms) : undefined)).then(() => void inner.write(piece))
    })
    const answer = (piece: Buffer) => {
      if (proxy.dropReply?.(piece, request)) end()
      else if (!proxy.blackHole && !pair.ghost && !pair.deaf) outer.write(proxy.rewriteReply?.(piece) ?? piece)
    }
    inner.on('data', (piece) => {
      if (proxy.holdReplies) void proxy.holdReplies.then(() => answer(piece))
      else answer(piece)
    })
    for (const socket of [inner, outer]) socket.on('error', end).on('close', end)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const proxy = {
    port: typeof address === 'object' && address ? address.port : 0,
    connections: 0,
    delayRequest: null as TcpProxy['delayRequest'],
    holdReplies: null as TcpProxy['holdReplies'],
    dropReply: null as TcpProxy['dropReply'],
    dropRequest: null as TcpProxy['dropRequest'],
    rewriteReply: null as TcpProxy['rewriteReply'],
    blackHole: false,
    deafen: () => {
      for (const pair of pairs) pair.deaf = true
    },
    cut: () => {
      for (const { inner, outer } of pairs) {
        inner.destroy()
        outer.destroy()
      }
    },
    ghost: () => {
      for (const pair of pairs) {
        pair.ghost = true
        pair.outer.destroy()
      }
    },
    stop: () =>
      new Promise<void>((resolve) => {
        proxy.cut()
        server.close(() => resolve())
      }),
  }
  return proxy
}
