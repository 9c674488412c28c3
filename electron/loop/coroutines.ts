/** What a coroutine is: a generator function's object. `asyncio.iscoroutine`. */
import { here } from '../threads/context'
import { type AnyFunction, makerOf, shownName } from '../threads/handles'
import type { Coroutine } from './future'
import { loopLane } from './lanes'

/** The bar of a coroutine that has one before it is a task's. */
interface Birth {
  readonly id: number
  readonly name: string
}
const birth = Symbol('birth')
const driven = Symbol('driven')
type Known = Coroutine & { [birth]?: Birth; [driven]?: boolean }

export const isCoroutine = (value: unknown): value is Coroutine => Object.prototype.toString.call(value) === '[object Generator]'

/**
 * The coroutine object `make(...args)`, recorded as *created*: nothing of it runs. What `createTask` and its like are given later goes on
 * under the same bar. Its name is its first string argument.
 */
export function coroutine<T, A extends readonly unknown[]>(make: (...args: A) => Coroutine<T>, ...args: A): Coroutine<T> {
  const made: Known = make(...args)
  const context = here()
  const maker = shownName(make as AnyFunction)
  const name = firstText(args) ?? numbered(maker)
  const lane = loopLane()
  const id = context.newTask(lane, name, maker)
  context.state(id, lane, 'created')
  made[birth] = { id, name }
  return made as Coroutine<T>
}

export const birthOf = (made: Coroutine): Birth | undefined => (made as Known)[birth]

/** Whether this is the first task that wants to drive it; from now on one does. */
export function claim(made: Coroutine): boolean {
  const first = (made as Known)[driven] !== true
  ;(made as Known)[driven] = true
  return first
}

/** A coroutine that fails at its first step. */
// biome-ignore lint/correctness/useYield: it has nothing to wait for
export function* throwing(error: unknown): Coroutine<never> {
  throw error
}

/** What a task without a name is called. */
export const nameFor = (made: Coroutine) => numbered(makerOf(made) || 'task')

export const firstText = (args: readonly unknown[]) => args.find((arg): arg is string => typeof arg === 'string')

const counts = new Map<string, number>()
function numbered(name: string): string {
  const count = (counts.get(name) ?? 0) + 1
  counts.set(name, count)
  return `${name}-${count}`
}
