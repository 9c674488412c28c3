/** What a watcher's thread does: a `Watch`, its marks in the thread's own ring, and what the user wants of it. Part of the consumer's bundle. */
import { endCode, stateCode } from '#protocol/vocabulary'
import type { FromConsumer, ToConsumer } from '../threads/consumerMessages'
import type { SourceLine } from '../threads/consumerThread'
import { here } from '../threads/context'
import { registerFunctions } from '../threads/handles'
import { markCode } from '../threads/markRing'
import type { ThreadQueue } from '../threads/threadQueue'
import { receiptLine } from './watch/receipt'
import { Watch, type WatchSettings, type WatchSink } from './watch/watch'

/** Real ms after which a full ring is looked at again: the engine empties it every 16. */
const roomMillis = 4
/** The largest part of a ring that may be asked for at once. */
const mostRoom = 16_384
const noParent = -1

const onlyWatches = {
  en: 'Nothing was pushed: this programme only watches the queue. Push with any client, or run Redis queue.',
  zh: '什么也没有推入：这个程序只查看队列。请用任何客户端推入，或运行“Redis 队列”。',
}

const leavesLetters = {
  en: 'This programme only watches the queue, so its dead letters are left alone. Run Redis queue to see them.',
  zh: '这个程序只查看队列，不碰它的死信。要看死信，请运行“Redis 队列”。',
}

class Watcher {
  readonly #watch: Watch
  /** As last told to main. */
  #length = -1

  constructor(
    readonly line: SourceLine,
    readonly lengths: ThreadQueue<number>,
    readonly settings: WatchSettings,
  ) {
    this.#watch = new Watch(settings, this.#sink())
    line.port.on('message', (message: ToConsumer) => this.#obey(message))
  }

  /** Never resolves: the thread is a daemon and ends with its programme. */
  run(): Promise<never> {
    this.#watch.start()
    return new Promise(() => undefined)
  }

  #obey(message: ToConsumer): void {
    switch (message.type) {
      case 'push':
        this.#tell({ type: 'pushed', id: message.id, problem: onlyWatches })
        break
      case 'dead':
        this.#tell({ type: 'dead', id: message.id, answer: { kind: 'problem', problem: leavesLetters } })
        break
      case 'source':
        if (message.action === 'retry') this.#watch.retry()
        break
      case 'stop':
        this.#watch.stop()
        for (const one of this.#watch.receipt.lines) here().output(receiptLine(one))
        this.#tell({ type: 'stopped' })
        break
      default:
        // What is asked of one who takes from a queue means nothing here.
        break
    }
  }

  #sink(): WatchSink {
    const context = here()
    const { writer } = context
    return {
      now: () => writer.now(),
      lane: (name) => {
        const lane = context.control.newLane()
        context.lane(lane, 'worker', name)
        return lane
      },
      task: (lane, name, time) => {
        const task = context.control.newTask()
        writer.mark(markCode.task, stateCode.ready + 1, lane, task, name, time, '', noParent)
        return task
      },
      run: (task, lane, time) => writer.mark(markCode.state, stateCode.running, lane, task, '', time),
      end: (task, lane, end, time, why) => writer.mark(markCode.end, endCode[end], lane, task, why, time),
      missing: (lane, from, until, count) => this.#tell({ type: 'missing', lane, from, until, count }),
      room: async (marks) => {
        while (writer.room < Math.min(marks, mostRoom)) await new Promise((resolve) => setTimeout(resolve, roomMillis))
      },
      status: (status) => {
        this.#tell({ type: 'status', status })
        const { queue, waiting } = status
        if (waiting === null || waiting === this.#length) return
        this.#length = waiting
        context.level(queue, waiting)
        this.lengths.put(waiting)
      },
      activity: (state, label) => context.state(context.task, context.slot, state, label),
      attemptFailed: (reason) => context.marker('retry', reason),
    }
  }

  #tell(message: FromConsumer): void {
    this.line.port.postMessage(message)
  }
}

registerFunctions('watcher', {
  watch: (line: SourceLine, lengths: ThreadQueue<number>, settings: WatchSettings) => new Watcher(line, lengths, settings).run(),
})
