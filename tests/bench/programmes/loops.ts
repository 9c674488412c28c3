/** What the loop is measured with; anchors/loops.py does the same. */
import { createTask, EventLoop, gather, runCoroutineThreadsafe, sleep } from '../../../electron/loop/index'
import { Thread } from '../../../electron/threads/thread'
import { blockingSleep, print } from '../../../electron/threads/time'
import { testScenario } from '../../support/programmes/programme'
import { median } from '../bench'

const hops = 400
const submissions = 50_000
const switchers = 10
const switchesEach = 20_000
const timers = 100_000
const longestTimer = 0.1

/** ns on the clock that all threads share. */
const now = () => Number(process.hrtime.bigint())

const waits: number[] = []
export function arrive(sent: number) {
  waits.push(now() - sent)
}
export function tellWaits() {
  print(String(median(waits) / 1e3))
}

// biome-ignore lint/correctness/useYield: the least that a coroutine can be
export function* nothing() {
  return 0
}

function* switcher() {
  for (let i = 0; i < switchesEach; i++) yield* sleep(0)
}
export function* switching() {
  const begin = now()
  yield* gather(...Array.from({ length: switchers }, switcher))
  return (switchers * switchesEach) / ((now() - begin) / 1e9)
}

/** 0 to 1, the same in every run and in Python: multiples of the golden ratio. */
const spread = (i: number) => (i * 0.6180339887498949) % 1
export function* timing() {
  const begin = now()
  const tasks = Array.from({ length: timers }, (_, i) => createTask(sleep(spread(i) * longestTimer)))
  yield* gather(...tasks)
  return (now() - begin) / 1e6
}

function withLoop(body: (loop: EventLoop) => void): () => void {
  return () => {
    const loop = new EventLoop()
    new Thread(loop.runForever).start()
    body(loop)
    loop.callSoonThreadsafe(loop.stop)
  }
}

const programmes = {
  /** µs from another thread's call to the callback's first line, median. */
  hop: withLoop((loop) => {
    for (let i = 0; i < hops; i++) {
      blockingSleep(0.002)
      loop.callSoonThreadsafe(arrive, now())
    }
    loop.callSoonThreadsafe(tellWaits)
  }),
  /** Coroutines a second that another thread submits one by one, until the last has ended. */
  submit: withLoop((loop) => {
    const begin = now()
    let last = runCoroutineThreadsafe(loop, nothing)
    for (let i = 1; i < submissions; i++) last = runCoroutineThreadsafe(loop, nothing)
    last.result()
    print(String(submissions / ((now() - begin) / 1e9)))
  }),
  /** Switches a second between ten tasks. */
  switch: withLoop((loop) => print(String(runCoroutineThreadsafe(loop, switching).result()))),
  /** ms for 100,000 tasks that sleep up to 0.1 s, all at once. */
  timers: withLoop((loop) => print(String(runCoroutineThreadsafe(loop, timing).result()))),
}

export const scenario = testScenario('loops', 1, programmes)
