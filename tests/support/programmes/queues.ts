import { Thread } from '../../../electron/threads/thread'
import { Empty, ThreadQueue } from '../../../electron/threads/threadQueue'
import { blockingSleep, print } from '../../../electron/threads/time'
import { testScenario } from './programme'

export function producer(queue: ThreadQueue<unknown>, from: number, count: number) {
  for (let i = 0; i < count; i++) queue.put(from + i)
}
export function echo(inbox: ThreadQueue<unknown>, outbox: ThreadQueue<unknown>) {
  for (;;) {
    const item = inbox.get()
    if (item === 'end') return
    outbox.put(item)
  }
}
const textOf = (i: number) => ['', 'a', 'é', '文'][i % 4]!.repeat(i % 301)
export function textProducer(queue: ThreadQueue<string>, count: number) {
  for (let i = 0; i < count; i++) queue.put(textOf(i))
}
export function late(queue: ThreadQueue<string>) {
  blockingSleep(0.2)
  queue.put('late')
}

const programmes = {
  order() {
    const queue = new ThreadQueue<number>()
    new Thread(producer, [queue, 0, 1000]).start()
    let sorted = true
    for (let i = 0; i < 1000; i++) sorted &&= queue.get() === i
    print(`sorted ${sorted}, left ${queue.qsize()}`)
  },
  twoProducers() {
    const queue = new ThreadQueue<number>()
    new Thread(producer, [queue, 0, 500]).start()
    new Thread(producer, [queue, 1000, 500]).start()
    const got = Array.from({ length: 1000 }, () => queue.get())
    print(`${new Set(got).size} ${got.filter((n) => n < 1000).join() === Array.from({ length: 500 }, (_, i) => i).join()}`)
  },
  /** Several MB, through the same memory again and again, which is full at first. */
  texts() {
    const queue = new ThreadQueue<string>()
    const count = 30_000
    new Thread(textProducer, [queue, count]).start()
    blockingSleep(0.05)
    // It throws, since so many messages fill the ring of marks, in which what is printed would need a place; an end always has one.
    for (let i = 0; i < count; i++) if (queue.get() !== textOf(i)) throw new Error(`text ${i} has changed`)
    if (queue.qsize() !== 0) throw new Error('some are left')
  },
  /** Each of them is woken though only the first item after none wakes anybody. */
  manyWait() {
    const [there, back] = [new ThreadQueue<unknown>(), new ThreadQueue<unknown>()]
    for (let i = 0; i < 3; i++) new Thread(echo, [there, back], { name: `echo-${i}` }).start()
    let got = 0
    for (let round = 0; round < 300; round++) {
      for (let i = 0; i <= round % 4; i++) there.put(String(round))
      for (let i = 0; i <= round % 4; i++) got += back.get() === String(round) ? 1 : 0
    }
    for (let i = 0; i < 3; i++) there.put('end')
    print(String(got))
  },
  values() {
    const there = new ThreadQueue<unknown>()
    const back = new ThreadQueue<unknown>()
    new Thread(echo, [there, back], { name: 'echo' }).start()
    const values = [
      'text 文',
      1.5,
      null,
      undefined,
      { a: [1, 2, { b: new Date(0) }] },
      new Uint8Array([1, 2, 3]),
      'x'.repeat(300_000),
    ]
    for (const value of values) {
      there.put(value)
      const same = back.get()
      print(`${typeof same} ${JSON.stringify(same)?.length ?? 0} ${JSON.stringify(same) === JSON.stringify(value)}`)
    }
    there.put('end')
  },
  full() {
    const queue = new ThreadQueue<string>()
    const waiting = new ThreadQueue<string>()
    new Thread(echo, [queue, waiting], { name: 'echo' }).start()
    // Six items of 300 kB: the fourth has to wait until the other thread has taken one.
    for (let i = 0; i < 6; i++) queue.put(`${i}`.repeat(300_000))
    // Their bytes go over the end of the queue's memory and on at its start.
    for (let i = 0; i < 6; i++) print(`${i} ${waiting.get() === `${i}`.repeat(300_000)}`)
    queue.put('end')
  },
  timeout() {
    const queue = new ThreadQueue<string>()
    new Thread(late, [queue]).start()
    try {
      queue.get(0.05)
    } catch (error) {
      print(`${error instanceof Empty} ${(error as Error).message}`)
    }
    print(queue.get(5))
  },
}

export const scenario = testScenario('queues-test', 2, programmes)
