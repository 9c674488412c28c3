/** A process of its own that consumes through the Redis source and writes a ledger: `S text` at a start, `F text` at a finish. Arguments: url queue ledger. */
import { appendFileSync } from 'node:fs'
import { sources } from '../../electron/sources/index'

const [url = '', queue = '', ledger = ''] = process.argv.slice(2)
const source = sources.redis({ url, queue, concurrency: 40, ask: false })
source.start({
  take({ id, text }) {
    appendFileSync(ledger, `S ${text}\n`)
    setTimeout(
      () => {
        appendFileSync(ledger, `F ${text}\n`)
        source.done(id)
      },
      Number(text.split(':')[1] ?? 20),
    )
  },
  settled: () => undefined,
  status: () => undefined,
  activity: () => undefined,
  attemptFailed: () => undefined,
})
process.on('SIGTERM', () => void source.stop().then(() => process.exit(0)))
