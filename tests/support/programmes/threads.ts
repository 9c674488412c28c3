import { here } from '../../../electron/threads/context'
import { Thread } from '../../../electron/threads/thread'
import { blockingSleep, print } from '../../../electron/threads/time'
import { testScenario } from './programme'

export function sleeper(seconds: number) {
  blockingSleep(seconds)
}
export function thrower() {
  blockingSleep(0.02)
  throw new RangeError('five is right out')
}
export function spinner() {
  for (;;);
}
export function flooder() {
  for (let i = 0; i < 200_000; i++) print('x')
}
export function hoarder() {
  const hoard: number[][] = []
  for (;;) hoard.push(Array<number>(1_000_000).fill(hoard.length))
}

const start = (target: (...args: never[]) => unknown, args: readonly unknown[], name: string, daemon = false) => {
  const thread = new Thread(target, args, { name, daemon })
  thread.start()
  return thread
}

const programmes = {
  throwing() {
    start(sleeper, [0.1], 'before')
    start(thrower, [], 'bad')
    start(sleeper, [0.1], 'after')
  },
  mainThrows() {
    start(sleeper, [0.1], 'thread')
    throw new Error('main gave up')
  },
  daemonOutlived() {
    start(sleeper, [5], 'daemon', true)
    start(sleeper, [0.2], 'thread')
  },
  daemonFinishes() {
    start(sleeper, [0.05], 'quick', true)
    start(sleeper, [5], 'slow', true)
    blockingSleep(0.2)
  },
  joinTimeout() {
    const thread = start(sleeper, [0.5], 'thread')
    thread.join(0.05)
    print(`alive ${thread.isAlive()}`)
    thread.join()
    print(`alive ${thread.isAlive()}`)
  },
  misuse() {
    const thread = new Thread(sleeper, [0])
    for (const wrong of [() => thread.join(), () => new Thread(() => undefined).start()]) {
      try {
        wrong()
      } catch (error) {
        print((error as Error).message)
      }
    }
    thread.start()
    thread.join()
    try {
      thread.start()
    } catch (error) {
      print((error as Error).message)
    }
  },
  never() {
    new Thread(sleeper, [1], { name: 'created' })
    start(sleeper, [60], 'one')
    start(sleeper, [60], 'two').join()
  },
  spin() {
    start(spinner, [], 'spinner')
    start(sleeper, [60], 'sleeper').join()
  },
  flood() {
    start(flooder, [], 'flooder')
  },
  begun() {
    for (let n = 1; n <= 20; n++) {
      start(sleeper, [0], `thread-${n}`)
      print(`thread-${n}`)
    }
  },
  mainSpins() {
    start(sleeper, [60], 'spinner')
    spinner()
  },
  mainFloods() {
    flooder()
  },
  hoard() {
    start(hoarder, [], 'hoarder')
  },
  hoardJoined() {
    start(hoarder, [], 'hoarder').join()
  },
  many() {
    for (let n = 1; n <= 20; n++) start(sleeper, [0.2], `thread-${n}`)
    print(`speed ${here().speed}`)
  },
}

export const scenario = testScenario('threads-test', 3, programmes)
