/** Connections that are cut, killed, silent, or alive for one side only. Without a crash nothing may run twice. */
import { claim } from '../../../electron/sources/scripts/claim'
import type { TcpProxy } from '../../support/tcpProxy'
import { pause } from '../../support/until'
import { type Bed, FaultError } from '../bed'
import type { FaultCase } from '../case'

/** Makes the fault again and again while there is work, at least `times`. */
async function whileWorking(bed: Bed, times: number, gap: () => number, fault: () => unknown): Promise<void> {
  let made = 0
  while (bed.ledger.read().finished.size < bed.pushed.length * 0.9 && made < 4 * times) {
    await pause(gap())
    await fault()
    made += 1
  }
  if (made < times) throw new Error(`only ${made} of ${times} faults were made: there was too little work`)
}

const between = (bed: Bed, least: number, most: number) => () => least + bed.chance.whole(most - least)

async function viaProxy(bed: Bed, count: number, concurrency = 300): Promise<TcpProxy> {
  const proxy = await bed.proxy()
  const consumers = Array.from({ length: count }, () => bed.consumer({ via: proxy, concurrency }))
  await Promise.all(consumers.map((consumer) => consumer.consuming()))
  return proxy
}

async function clientKill(bed: Bed) {
  await viaProxy(bed, 2)
  await bed.push(4000, 0, 1000)
  await whileWorking(bed, 20, between(bed, 60, 160), () =>
    bed.server.client.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes'),
  )
  return bed.settle()
}

async function claimReplyLost(bed: Bed) {
  const proxy = await viaProxy(bed, 2, 100)
  let lost = 0
  proxy.dropReply = (piece, request) => {
    const isClaim = request.includes(claim.sha) && /\$\d+\r\ni\d+:/.test(piece.toString('latin1'))
    const drop = isClaim && lost < 40 && bed.chance.next() < 0.3
    if (drop) lost += 1
    return drop
  }
  await bed.push(2000, 0, 300)
  const account = await bed.settle()
  if (lost < 3) throw new Error(`only ${lost} replies were lost`)
  return account
}

async function anyReplyLost(bed: Bed) {
  const proxy = await viaProxy(bed, 2, 100)
  await bed.push(2000, 0, 400)
  await whileWorking(bed, 5, between(bed, 300, 500), async () => {
    proxy.dropReply = () => true
    await pause(40)
    proxy.dropReply = null
  })
  return bed.settle()
}

async function cut(bed: Bed) {
  const proxy = await viaProxy(bed, 2)
  await bed.push(4000, 0, 1000)
  await whileWorking(bed, 10, between(bed, 150, 350), () => proxy.cut())
  return bed.settle()
}

/** Longer than a lease for one of two: what it runs goes to the other. */
async function blackHole(bed: Bed) {
  const proxy = await bed.proxy()
  const [silent, sound] = [bed.consumer({ via: proxy, concurrency: 100 }), bed.consumer({ concurrency: 100 })]
  await Promise.all([silent.consuming(), sound.consuming()])
  await bed.push(1200, 0, 1000)
  await bed.started(200)
  silent.breaks()
  proxy.blackHole = true
  await pause(6000)
  proxy.blackHole = false
  proxy.cut()
  return bed.settle()
}

/** As where a router forgets its connections: they are open for both sides, and only a new one is heard. Found within a lease, it costs nothing. */
async function halfOpen(bed: Bed) {
  const proxy = await bed.proxy()
  const consumers = [bed.consumer({ via: proxy, concurrency: 100 }), bed.consumer({ concurrency: 100 })]
  await Promise.all(consumers.map((consumer) => consumer.consuming()))
  await bed.push(200, 4500, 6000)
  await bed.started(200)
  proxy.deafen()
  const account = await bed.settle()
  if (account.extra > 0) throw new FaultError(`${account.extra} ran again for a half-open line`)
  return account
}

async function waits(bed: Bed): Promise<void> {
  const blocked = async () => (await bed.server.client.info('clients')).includes('blocked_clients:1')
  await bed.until(blocked, 'BLMOVE to wait')
}

/** The server goes on believing in a BLMOVE whose client has gone: what it moves is in nobody's hands. */
const ghost = (name: string, act: (bed: Bed, ghost: () => void) => Promise<void>): FaultCase => ({
  name,
  async run(bed) {
    const proxy = await viaProxy(bed, 1)
    await waits(bed)
    await act(bed, proxy.ghost)
    return bed.settle()
  },
})

/** Delayed claims, each item alone: its end comes before its booking. */
async function endBeforeBooking(bed: Bed) {
  const proxy = await viaProxy(bed, 1)
  proxy.delayRequest = (piece) => (piece.includes(claim.sha) ? 20 : 0)
  for (let i = 0; i < 60; i++) {
    await bed.push(1, 0)
    await bed.until(() => bed.ledger.read().finished.size > i, 'the item')
  }
  proxy.delayRequest = null
  return bed.settle()
}

export const connections: readonly FaultCase[] = [
  { name: 'CLIENT KILL every 60–160 ms', run: clientKill },
  { name: 'reply of a claim lost', run: claimReplyLost },
  { name: 'any reply lost', run: anyReplyLost },
  { name: 'TCP cut every 150–350 ms', run: cut },
  { name: 'silent line for 6 s, one of two', run: blackHole },
  { name: 'half-open lines, new ones are good', run: halfOpen },
  ghost('ghost: the client reconnects', async (bed, makeGhost) => {
    const names = async () => String(await bed.server.client.zrange('ls:{queue}:consumers', '0', '-1'))
    const before = await names()
    makeGhost()
    // Earlier, the item would only come back with the registration.
    await bed.until(async () => (await names()) !== before && bed.consumers[0]!.latest?.phase === 'consuming', 'the reconnection')
    await bed.push(5, 0)
  }),
  ghost('ghost of a dead machine', async (bed, makeGhost) => {
    makeGhost()
    await bed.consumers[0]!.kill9()
    await bed.push(5, 0)
    bed.consumer()
  }),
  ghost('ghost of a dead machine, another is there', async (bed, makeGhost) => {
    makeGhost()
    await bed.consumers[0]!.kill9()
    await bed.consumer().consuming()
    await bed.push(5, 0)
  }),
  { name: 'end before booking', short: true, run: endBeforeBooking },
]
