/** `blpop.mjs PORT QUEUE`: the least that a consumer can do: BLPOP on a bare socket, again and again. */
import { connect } from 'node:net'
import { serve, stamp } from './program.mjs'

const [port, queue] = process.argv.slice(2)
const stamps = []
const request = `*3\r\n$5\r\nBLPOP\r\n$${queue.length}\r\n${queue}\r\n$1\r\n0\r\n`
// The reply is short and comes in one piece.
const reply = `*2\r\n$${queue.length}\r\n${queue}\r\n$1\r\n0\r\n`
const socket = connect(Number(port), '127.0.0.1', () => {
  socket.setNoDelay(true)
  socket.write(request)
  serve(stamps)
})
socket.on('data', (data) => {
  stamps.push(stamp())
  if (String(data) !== reply) throw new Error(`not a reply of BLPOP: ${data}`)
  socket.write(request)
})
