/** Coroutines that several topics use. */
import { CancelledError, type Coroutine, sleep, ValueError } from '../../../electron/loop/index'
import { except, say } from './events'

export function* turns(count: number): Coroutine<void> {
  for (let turn = 0; turn < count; turn++) yield* sleep(0)
}

export function* work(name: string, count: number): Coroutine<string> {
  yield* turns(count)
  say(name)
  return name
}

export function* failing(name: string, count: number): Coroutine<never> {
  yield* work(name, count)
  throw new ValueError(name)
}

export function* sleeper(name: string): Coroutine<void> {
  try {
    yield* sleep(30)
  } catch (error) {
    except(CancelledError, error)
    say(name, 'cancelled')
    throw error
  }
}
