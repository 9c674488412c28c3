/** `fill.mjs PORT KEY`: fills a list with zeros before anybody consumes; a line `COUNT` starts it. */
import { connect } from 'node:net'
import { serve } from './program.mjs'

const [port, key] = process.argv.slice(2)
const most = 5000
const bulk = (text) => `$${text.length}\r\n${text}\r\n`

const socket = connect(Number(port), '127.0.0.1', () => {
  serve([], async (line) => {
    for (let left = Number(line); left > 0; left -= most) {
      const count = Math.min(left, most)
      const answered = new Promise((resolve) => socket.once('data', resolve))
      socket.write(`*${count + 2}\r\n${bulk('LPUSH')}${bulk(key)}${bulk('0').repeat(count)}`)
      const reply = String(await answered)
      if (!reply.startsWith(':')) throw new Error(`LPUSH: ${reply}`)
    }
  })
})
