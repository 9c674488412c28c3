/** `push.mjs PORT QUEUE`: a client that pushes zeros into a list over a socket of its own; a line `COUNT PER_SECOND` starts it. */
import { connect } from 'node:net'
import { pushUnevenly, serve, stamp } from './program.mjs'

const [port, queue] = process.argv.slice(2)
const stamps = []
let answers = 0
const socket = connect(Number(port), '127.0.0.1', () => {
  socket.setNoDelay(true)
  serve(stamps, async (line) => {
    const [count, perSecond] = line.split(' ').map(Number)
    await pushUnevenly(count, perSecond, () => {
      stamps.push(stamp())
      socket.write(`*3\r\n$5\r\nLPUSH\r\n$${queue.length}\r\n${queue}\r\n$1\r\n0\r\n`)
    })
    // What the server has not answered may still be on its way, and would be lost with this process.
    while (answers < count) await new Promise((resolve) => setTimeout(resolve, 1))
  })
})
socket.on('data', (data) => {
  for (const byte of data) if (byte === 10) answers++
})
