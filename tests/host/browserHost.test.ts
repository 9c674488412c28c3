import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { browserHost, pauseBefore, type Socket } from '../../renderer/host/browserHost'
import type { Connection } from '../../renderer/state/connection'

class FakeSocket {
  readonly sent: string[] = []
  readyState = 0
  binaryType: BinaryType = 'blob'
  onopen: (() => void) | null = null
  onmessage: ((event: { data: unknown }) => void) | null = null
  onclose: (() => void) | null = null
  send(text: string) {
    this.sent.push(text)
  }
  close() {
    this.readyState = 3
  }
  opens() {
    this.readyState = 1
    this.onopen?.()
  }
  breaks() {
    this.readyState = 3
    this.onclose?.()
  }
}

beforeEach(() => void vi.useFakeTimers({ now: 0 }))
afterEach(() => void vi.useRealTimers())

function open() {
  const sockets: FakeSocket[] = []
  const connections: Connection[] = []
  const messages: unknown[] = []
  const host = browserHost({
    url: 'ws://here/socket',
    open: () => {
      sockets.push(new FakeSocket())
      return sockets.at(-1) as unknown as Socket
    },
  })
  host.channel.onMessage((message) => messages.push(message))
  host.onConnection((connection) => connections.push(connection))
  return { host, sockets, connections, messages }
}

test('text is read as JSON, bytes as they are, and what is no JSON is handed on to be counted', () => {
  const { sockets, messages } = open()
  sockets[0]!.opens()
  expect(sockets[0]!.binaryType).toBe('arraybuffer')
  sockets[0]!.onmessage?.({ data: '{"type":"warm"}' })
  sockets[0]!.onmessage?.({ data: new Uint8Array([1, 2]).buffer })
  sockets[0]!.onmessage?.({ data: 'oh' })
  expect(messages).toEqual([{ type: 'warm' }, new Uint8Array([1, 2]), 'oh'])
})

test('a lost line is tried again after growing pauses, and at once when asked', () => {
  const { host, sockets, connections } = open()
  sockets[0]!.opens()
  sockets[0]!.breaks()
  expect(connections.at(-1)).toEqual({ phase: 'lost', attempt: 1, nextAttemptAt: 500 })
  vi.advanceTimersByTime(500)
  expect(sockets).toHaveLength(2)
  sockets[1]!.breaks()
  expect(connections.at(-1)).toEqual({ phase: 'lost', attempt: 2, nextAttemptAt: 1500 })
  host.retry()
  expect(sockets).toHaveLength(3)
  vi.advanceTimersByTime(5000)
  expect(sockets).toHaveLength(3)
  sockets[2]!.opens()
  expect(connections.at(-1)).toEqual({ phase: 'connected' })
  sockets[2]!.breaks()
  expect(connections.at(-1)).toMatchObject({ attempt: 1 })
})

test('pauses grow to ten seconds and no further', () => {
  expect([1, 2, 3, 6, 50].map(pauseBefore)).toEqual([500, 1000, 2000, 10_000, 10_000])
})

test('nothing is sent into a line that is not open, and a closed one is not made again', () => {
  const { host, sockets } = open()
  host.channel.send({ type: 'attach' })
  sockets[0]!.opens()
  host.channel.send({ type: 'attach' })
  expect(sockets[0]!.sent).toEqual(['{"type":"attach"}'])
  host.channel.close()
  sockets[0]!.breaks()
  vi.advanceTimersByTime(60_000)
  expect(sockets).toHaveLength(1)
})
