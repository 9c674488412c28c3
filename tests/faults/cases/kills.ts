/** Consumers that die, freeze, or are told to go. */
import { pause } from '../../support/until'
import { keysOf } from '../account'
import type { Bed } from '../bed'
import type { FaultCase } from '../case'
import { after, before, type Step } from '../steps'

const items = 40

/** One consumer behind a proxy, killed when it comes to the step; another takes over. */
const killedAt = (name: string, when: 'before' | 'after', step: Step): FaultCase => ({
  name: `kill -9 ${name}`,
  short: true,
  async run(bed) {
    const proxy = await bed.proxy()
    const first = bed.consumer({ via: proxy })
    // Idle at first, so that the step of the very first item is met as well.
    await first.consuming()
    let killed: Promise<void> | null = null
    const kill = () => {
      killed = first.kill9()
    }
    if (when === 'before') before(proxy, step, kill)
    else after(proxy, step, kill)
    await bed.push(items, 0, 50)
    await bed.until(() => killed !== null, `the step ${name}`)
    await killed
    bed.consumer()
    return bed.settle()
  },
})

/** Kills one of `count` consumers again and again, and starts another in its place. */
const killedOften = (name: string, count: number, kills: number, pushed: number, short?: true): FaultCase => ({
  name,
  ...(short && { short }),
  async run(bed) {
    const living = Array.from({ length: count }, () => bed.consumer({ concurrency: 60 }))
    await bed.push(pushed, 0, pushed > 1000 ? 1000 : 300)
    for (let kill = 0; kill < kills; kill++) {
      const before = bed.ledger.read().started
      await bed.until(
        () => bed.ledger.read().started > Math.min(before + 20, pushed - 1) || living.every(({ over }) => over),
        'work between the kills',
        20_000,
      )
      await pause(bed.chance.whole(350))
      const victim = bed.chance.whole(living.length)
      await living[victim]!.kill9()
      living[victim] = bed.consumer({ concurrency: 60 })
    }
    const account = await bed.settle()
    if (account.extra === 0) throw new Error('no kill met a task that ran')
    return account
  },
})

async function frozen(bed: Bed) {
  const [first, second] = [bed.consumer({ concurrency: 100 }), bed.consumer({ concurrency: 100 })]
  await Promise.all([first.consuming(), second.consuming()])
  await bed.push(400, 100, 900)
  await bed.started(60)
  first.freeze()
  // Past its lease: when it goes on, others have what it ran.
  await bed.until(async () => (await bed.server.client.zcard('ls:{queue}:consumers')) === 1, 'it to be given up', 15_000)
  first.thaw()
  return bed.settle()
}

/** With grace there would be nothing to see: what runs is given back at once, and another runs it, not before. */
async function stopped(bed: Bed) {
  const first = bed.consumer()
  await first.consuming()
  await bed.push(200, 3000)
  await bed.started(200)
  await first.stop()
  const back = await bed.server.client.llen(bed.queue)
  const retry = await bed.server.client.zcard('ls:{queue}:retry')
  if (back + retry !== 200) throw new Error(`${back + retry} of 200 came back at the stop`)
  bed.consumer()
  return bed.settle()
}

/** What takes longer than a lease is prolonged by the beats: nobody else runs it. */
async function longTasks(bed: Bed) {
  const consumers = [bed.consumer(), bed.consumer()]
  await Promise.all(consumers.map((consumer) => consumer.consuming()))
  await bed.push(40, 4500)
  return bed.settle()
}

/** Some other machine brings a consumer back whenever it died, as long as there is something to do. */
async function keepAlive(bed: Bed, count: number, goOn: () => Promise<boolean>) {
  const living = Array.from({ length: count }, () => bed.consumer({ concurrency: 10 }))
  const end = performance.now() + 90_000
  while (await goOn()) {
    if (performance.now() > end) throw new Error('there is no end to it')
    for (const [place, consumer] of living.entries()) if (consumer.over) living[place] = bed.consumer({ concurrency: 10 })
    await pause(50)
  }
}

/** One item kills whoever runs it. It is found, tried alone, and buried with its reason; the others all finish. */
async function poison(bed: Bed) {
  await bed.push(100, 0, 300)
  await bed.pushItems(['poison:die'])
  await bed.push(100, 0, 300)
  const { dead } = keysOf(bed.queue)
  await keepAlive(bed, 2, async () => (await bed.server.client.llen(dead)) === 0)
  const [letter = ''] = await bed.server.client.lrange(dead, 0, -1)
  if (!/"deaths":6\b/.test(letter)) throw new Error(`the dead letter says: ${letter.split('\n')[0]}`)
  return bed.settle()
}

/** The queue is never empty while a suspect waits: it is tried all the same. */
async function suspectHasItsTurn(bed: Bed) {
  const { client } = bed.server
  const { suspects } = keysOf(bed.queue)
  await bed.pushItems(['i0:0'])
  await client.multi().del(bed.queue).zadd(suspects, 1, '1 3 someone.1.0:1 i0:0').exec()
  // Its number is taken, or the next item would have it, too.
  await client.set(keysOf(bed.queue).seq, '1')
  await bed.push(4000, 1)
  const consumer = bed.consumer({ concurrency: 5 })
  await bed.until(() => bed.ledger.read().started > 0, 'the first start')
  await bed.until(async () => {
    // Far more than what is taken meanwhile.
    if ((await client.llen(bed.queue)) < 2000) await bed.push(2000, 1)
    return bed.ledger.read().finished.has('i0')
  }, 'the suspect')
  if ((await client.llen(bed.queue)) === 0) throw new Error('the queue was empty: nothing was proved')
  await consumer.stop()
  return bed.settle({ mayBeThere: bed.pushed.length })
}

async function many(bed: Bed, count: number) {
  const living = Array.from({ length: count }, () => bed.consumer({ concurrency: 50 }))
  await Promise.all(living.map((consumer) => consumer.consuming()))
  await bed.push(count * 300, 0, 200)
  await bed.started(count * 30)
  await living[bed.chance.whole(count)]!.kill9()
  return bed.settle()
}

/** All find the same dead consumer at once; each of its items comes back once. */
async function reapersRace(bed: Bed) {
  const total = 5000
  const holder = bed.consumer({ concurrency: 10_000 })
  await holder.consuming()
  await bed.push(total, 600_000)
  await bed.until(async () => (await bed.server.client.llen(bed.queue)) === 0, 'all to be claimed', 20_000)
  await bed.until(async () => {
    const hashes = await bed.inTransit()
    return (await bed.server.client.hlen(hashes[0] ?? '')) === total
  }, 'all to be booked')
  const reapers = Array.from({ length: 8 }, () => bed.consumer({ concurrency: 1 }))
  await Promise.all(reapers.map((consumer) => consumer.consuming()))
  await holder.kill9()
  const sizes = async () => {
    const { client } = bed.server
    const hashes = (await bed.inTransit()).filter((key) => key.includes(':inflight:'))
    const held = await Promise.all(hashes.map((key) => client.hlen(key)))
    return (
      (await client.llen(bed.queue)) + (await client.zcard('ls:{queue}:retry')) + held.reduce((sum, length) => sum + length, 0)
    )
  }
  await bed.until(async () => (await bed.server.client.zcard('ls:{queue}:consumers')) === 8, 'the recovery', 15_000)
  await bed.until(async () => (await sizes()) === total, 'every item once', 5000)
  return bed.settle({ mayBeThere: total })
}

export const kills: readonly FaultCase[] = [
  killedAt('after BLMOVE, before it knows', 'after', 'move'),
  killedAt('before the claim', 'before', 'claim'),
  killedAt('after the claim, before it knows', 'after', 'claim'),
  killedAt('before the acknowledgement', 'before', 'acknowledgement'),
  killedAt('after the acknowledgement, before it knows', 'after', 'acknowledgement'),
  killedOften('kill -9 while running, again and again', 2, 3, 1000, true),
  killedOften('kill -9, 12 times, one of 3, 4,000 items', 3, 12, 4000),
  killedOften('kill -9, 8 times, one of 8, 2,400 items', 8, 8, 2400),
  { name: 'frozen past its lease, then continued', short: true, run: frozen },
  { name: 'tasks that take longer than a lease', run: longTasks },
  { name: 'an item that kills whoever runs it', run: poison },
  { name: 'a suspect while the queue is never empty', run: suspectHasItsTurn },
  { name: 'told to stop while 200 run', short: true, run: stopped },
  ...[2, 4, 8].map((count): FaultCase => ({ name: `${count} consumers, one killed`, run: (bed) => many(bed, count) })),
  { name: 'eight find one dead consumer at once', run: reapersRace },
]
