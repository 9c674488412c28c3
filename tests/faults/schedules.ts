/** Faults in a row, drawn by lot from a seed: which, on whom, how long and when. */
import { claim } from '../../electron/sources/scripts/claim'
import type { Chance } from '../../electron/synthetic/random'
import type { TcpProxy } from '../support/tcpProxy'
import { pause } from '../support/until'
import type { Bed, ConsumerProcess } from './bed'
import type { FaultCase } from './case'

interface Member {
  readonly proxy: TcpProxy
  consumer: ConsumerProcess
}

/** Real ms that a fault lasts, from `least` to just below `most`. */
const span = (chance: Chance, least: number, most: number) => least + chance.whole(most - least)

const concurrency = 60

/** Something new takes the place of a consumer that is gone. */
const replace = (bed: Bed, member: Member) => {
  member.consumer = bed.consumer({ via: member.proxy, concurrency })
}

type Fault = (bed: Bed, member: Member) => Promise<unknown>

const faults: Record<string, Fault> = {
  async kill(bed, member) {
    await member.consumer.kill9()
    replace(bed, member)
  },
  async stop(bed, member) {
    await member.consumer.stop()
    replace(bed, member)
  },
  async freeze({ chance }, { consumer }) {
    consumer.freeze()
    await pause(span(chance, 100, 5000))
    consumer.thaw()
  },
  cut: async (_bed, { proxy }) => proxy.cut(),
  ghost: async (_bed, { proxy }) => proxy.ghost(),
  async loseReplies({ chance }, { proxy }) {
    proxy.dropReply = () => true
    await pause(span(chance, 20, 200))
    proxy.dropReply = null
  },
  async loseClaims({ chance }, { proxy }) {
    proxy.dropReply = (_piece, request) => request.includes(claim.sha) && chance.next() < 0.5
    await pause(span(chance, 200, 600))
    proxy.dropReply = null
  },
  async silence({ chance }, { proxy, consumer }) {
    const ms = span(chance, 100, 5000)
    // With the last beat before it, and the way back after it, that may be a lease.
    if (ms > 1500) consumer.breaks()
    proxy.blackHole = true
    await pause(ms)
    proxy.blackHole = false
    // What was swallowed is gone, and no connection goes on after a gap.
    proxy.cut()
  },
  async slowClaims({ chance }, { proxy }) {
    proxy.delayRequest = (piece) => (piece.includes(claim.sha) ? 20 : 0)
    await pause(span(chance, 200, 800))
    proxy.delayRequest = null
  },
  killClients: ({ server }) => server.client.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes'),
  forgetScripts: ({ server }) => server.client.script('FLUSH'),
  async crash({ server, chance }) {
    await server.kill9()
    await pause(chance.whole(1500))
    await server.start()
  },
  async fillMemory({ server, chance }) {
    await server.client.config('SET', 'maxmemory', '1')
    await pause(span(chance, 100, 1500))
    await server.client.config('SET', 'maxmemory', '0')
  },
  async becomeReplica({ server, chance }) {
    await server.client.replicaof('127.0.0.1', 1)
    await pause(span(chance, 100, 1500))
    await server.client.replicaof('NO', 'ONE')
  },
}

const names = Object.keys(faults)

/** The same for the same seed, as far as the moments of real processes allow. */
export const scheduleOf = (seed: number): FaultCase => ({
  name: `schedule ${seed}`,
  args: ['--appendonly', 'yes', '--appendfsync', 'no'],
  async run(bed) {
    const { chance } = bed
    const members: Member[] = []
    for (let i = 2 + chance.whole(3); i > 0; i--) {
      const proxy = await bed.proxy()
      members.push({ proxy, consumer: bed.consumer({ via: proxy, concurrency }) })
    }
    await Promise.all(members.map(({ consumer }) => consumer.consuming()))
    await bed.push(span(chance, 400, 1000), 0, span(chance, 300, 1500))
    for (let left = 3 + chance.whole(4); left > 0; left--) {
      await pause(span(chance, 20, 400))
      const fault = names[chance.whole(names.length)]!
      bed.log.push(fault)
      await faults[fault]!(bed, members[chance.whole(members.length)]!)
    }
    return bed.settle()
  },
})
