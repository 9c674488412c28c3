/** Items that are no tasks, that are large, or that are many; and names of lists that are awkward. */
import { type Bed, FaultError } from '../bed'
import type { FaultCase } from '../case'

async function bad(bed: Bed) {
  const items = ['five', '', '-1', Buffer.from([0xff, 0x00, 0x0a, 0x20]), 'i0:0']
  await bed.consumer().consuming()
  await bed.pushItems(items)
  const account = await bed.settle()
  if (account.dead !== 4) throw new Error(`${account.dead} dead letters instead of 4`)
  const letters = await bed.server.client.lrangeBuffer('ls:{queue}:dead', 0, -1)
  const bodies = letters.map((letter) => letter.subarray(letter.indexOf(0x0a) + 1).toString('hex')).sort()
  const wanted = items.slice(0, 4).map((item) => Buffer.from(item).toString('hex'))
  if (bodies.join() !== wanted.sort().join()) throw new Error(`the bytes changed: ${bodies.join()}`)
  return account
}

/** All at once would be in the memory of server and consumer at once, and hold the server up for as long as a lease. */
async function large(bed: Bed) {
  const ballast = Buffer.alloc(1 << 20, 'x')
  for (let i = 0; i < 256; i++) await bed.pushItems([Buffer.concat([Buffer.from(`i${i}:200:`), ballast])])
  const proxy = await bed.proxy()
  let [last, bytes, most] = [Buffer.alloc(0) as Buffer, 0, 0]
  proxy.dropReply = (piece, request) => {
    bytes = request === last ? bytes + piece.length : piece.length
    last = request
    most = Math.max(most, bytes)
    return false
  }
  bed.consumer({ via: proxy, concurrency: 300 })
  const account = await bed.settle()
  // Two claims of 8 MB may be under way, and the item that goes beyond each.
  if (most > 20 << 20) throw new FaultError(`${most >> 20} MB came at once`)
  return account
}

const count = 9000

/** Everything that a script returns, moves or writes at once is more than Lua's `unpack` takes. */
async function scriptsOfMany(bed: Bed) {
  const first = bed.consumer({ concurrency: 10_000 })
  await first.consuming()
  await bed.push(count, 600_000)
  const held = async () => {
    const hashes = (await bed.inTransit()).filter((key) => key.includes(':inflight:'))
    const lengths = await Promise.all(hashes.map((key) => bed.server.client.hlen(key)))
    return lengths.reduce((sum, length) => sum + length, 0)
  }
  const all = async () => (await held()) === count
  await bed.started(count)
  await bed.until(all, 'all to be booked')
  await bed.server.client.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes')
  await bed.until(async () => first.latest?.phase === 'consuming' && (await all()), 'the reconnection')
  await bed.server.client.flushall()
  await bed.until(all, 'all to be written back', 20_000)
  await first.kill9()
  await bed.consumer({ concurrency: 10_000 }).consuming()
  await bed.until(async () => [...bed.ledger.read().runs.values()].every((pids) => pids.length === 2), 'all to run again', 30_000)
  return bed.settle({ mayBeThere: count })
}

/** In cluster mode a script that touches two slots is refused. */
const named = (queue: string): FaultCase => ({
  name: `the list is called ${queue}, on a node of a cluster`,
  args: ['--cluster-enabled', 'yes'],
  queue,
  async run(bed) {
    const slots = Array.from({ length: 16_384 }, (_, slot) => slot)
    await bed.server.client.call('CLUSTER', 'ADDSLOTS', ...slots)
    await bed.until(
      async () => String(await bed.server.client.call('CLUSTER', 'INFO')).includes('cluster_state:ok'),
      'the cluster',
    )
    const first = bed.consumer({ concurrency: 50 })
    await first.consuming()
    await bed.pushItems(['not a task'])
    await bed.push(300, 0, 300)
    await bed.started(60)
    await first.kill9()
    bed.consumer({ concurrency: 50 })
    return bed.settle()
  },
})

export const payloads: readonly FaultCase[] = [
  { name: 'payloads that are no tasks', run: bad },
  { name: '256 payloads of 1 MiB', run: large },
  { name: 'scripts of 9,000 items', run: scriptsOfMany },
  named('{a}b'),
  named('a{b}c'),
]
