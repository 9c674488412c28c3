/** `push.mjs PORT QUEUE`: a client that pushes zeros into a list over a socket of its own; a line `COUNT PER_SECOND` starts it. */
import { connect } from 'node:net'
import { pushUnevenly, serve, stamp } from './program.mjs'

const [port, queue] = process.argv.slice(2)
const stamps = []
const socket = connect(Number(port), '127.0.0.1', () => {
  socket.setNoDelay(true)
  serve(stamps, (line) => {
    const [count, perSecond] = line.split(' ').map(Number)
    return pushUnevenly(count, perSecond, () => {
      stamps.push(stamp())
      socket.write(`*3\r\n$5\r\nLPUSH\r\n$${queue.length}\r\n${queue}\r\n$1\r\n0\r\n`)
    })
  })
})
socket.resume()
