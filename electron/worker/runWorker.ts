/** `worker`: tasks of a Redis list are run here until a signal comes, without a page and without a history. */

import type { SourceReport } from '#protocol/messages'
import { plainText } from '#protocol/plainText'
import { AsCommands } from './asCommands'
import { OnLoop } from './onLoop'
import { Teller } from './teller'
import { readWorkerOptions, type TypedWorker } from './workerOptions'

/** Resolves with the exit code. Throws UsageError. */
export async function runWorker(typed: TypedWorker): Promise<number> {
  const options = readWorkerOptions(typed, process.env)
  // Every user of the machine can list what processes were started with.
  if (typed.url !== undefined) process.title = 'loopscope worker'
  const teller = new Teller((line) => process.stderr.write(`${plainText(line, 1000)}\n`))
  let latest: SourceReport | null = null
  let heard: () => void = () => undefined
  const onStatus = (status: SourceReport) => {
    latest = status
    teller.report(status)
    heard()
  }
  const signals = new Signals()
  const place = options.exec === null ? new OnLoop(options, onStatus) : new AsCommands(options, onStatus)
  let problem = ''
  const broken = place.broken.then((sentence) => {
    problem = sentence
    return 'broken' as const
  })
  const over = new Deadline(options.seconds)
  const why = await Promise.race([broken, signals.next(), over.passed])
  over.cancel()
  if (why !== 'broken' && options.grace > 0) {
    place.line.limit({ concurrency: options.concurrency, paused: true })
    teller.say(`Ending: nothing more is taken, and what runs has ${options.grace} s; a second signal ends it at once.`)
    const idle = new Promise<void>((resolve) => {
      heard = () => {
        // Until it says that it is paused it may have taken what it has not told yet.
        if (latest && latest.inFlight === 0 && latest.phase !== 'connecting' && latest.phase !== 'consuming') resolve()
      }
      heard()
    })
    const grace = new Deadline(options.grace)
    await Promise.race([idle, grace.passed, signals.next(), broken])
    grace.cancel()
  }
  // At the end every thread is gone, which is no problem any more.
  const said = problem
  place.abandon()
  await place.line.stop()
  await place.close()
  teller.close(said)
  const { everReached } = place.line
  place.line.close()
  return why === 'broken' || (why === 'time' && !everReached) ? 1 : 0
}

/** Real ms: a terminal and a program that passes signals on may both tell us of the same one. */
const sameSignal = 300

class Signals {
  #waiting: (() => void)[] = []
  #at = Number.NEGATIVE_INFINITY

  constructor() {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => this.#hear())
  }

  /** Resolves at the next one. */
  next(): Promise<'signal'> {
    return new Promise((resolve) => this.#waiting.push(() => resolve('signal')))
  }

  #hear(): void {
    const again = performance.now() - this.#at < sameSignal
    if (again) return
    this.#at = performance.now()
    for (const wake of this.#waiting.splice(0)) wake()
  }
}

/** Null: never. */
class Deadline {
  readonly passed: Promise<'time'>
  readonly #timer: NodeJS.Timeout | undefined

  constructor(seconds: number | null) {
    let pass: (value: 'time') => void = () => undefined
    this.passed = new Promise((resolve) => {
      pass = resolve
    })
    if (seconds !== null) this.#timer = setTimeout(() => pass('time'), seconds * 1000)
  }

  cancel(): void {
    clearTimeout(this.#timer)
  }
}
