/** A port of this machine that takes every connection and never says a word. */
import { type AddressInfo, createServer } from 'node:net'

export async function mutePort(): Promise<number> {
  const server = createServer((socket) => socket.on('error', () => undefined)).unref()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}
