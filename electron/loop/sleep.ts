/** `asyncio.sleep`. */
import { registerFunctions } from '../threads/handles'
import type { LoopCore } from './core'
import { ValueError } from './errors'
import { type Coroutine, Future } from './future'
import type { ReadyEntry } from './handle'
import { getRunningLoop } from './running'
import type { Timer } from './timerHeap'

/** The timer and the future of a sleep in one: a hundred thousand tasks may sleep at once. */
class Sleep extends Future<unknown> implements Timer, ReadyEntry {
  constructor(
    core: LoopCore,
    readonly value: unknown,
  ) {
    super(core)
  }

  get label(): string {
    return 'sleep()'
  }

  step(): void {
    if (!this.done()) this.setResult(this.value)
  }
}

/** Suspends the coroutine for so many programme seconds; the loop goes on. 0 gives every other ready task a turn. Returns `result`. */
export function sleep(seconds: number): Coroutine<void>
export function sleep<T>(seconds: number, result: T): Coroutine<T>
export function* sleep(seconds: number, result?: unknown): Coroutine<unknown> {
  if (seconds <= 0) {
    yield null
    return result
  }
  if (Number.isNaN(seconds)) throw new ValueError('Invalid delay: NaN (not a number)')
  const { core } = getRunningLoop()
  const slept = new Sleep(core, result)
  core.schedule(slept, core.after(seconds))
  // As `yield* slept` without an object more. One whose task is cancelled is cancelled itself, and its timer with it.
  slept.awaiting = true
  yield slept
  return slept.result()
}

registerFunctions('asyncio', { sleep })
