/** What a coroutine is: a generator function's object. `asyncio.iscoroutine`. */
import { here } from '../threads/context'
import { type AnyFunction, shownName } from '../threads/handles'
import type { Coroutine } from './future'
import { loopLane } from './lanes'

/** The bar of a coroutine that has one before it is a task's. */
interface Birth {
  readonly id: number
  readonly name: string
}
const birth = Symbol('birth')
/** Whether a task drives it. */
export const driven = Symbol('driven')
type Known = Coroutine & { [birth]?: Birth; [driven]?: boolean }

/**
 * The coroutine object `make(...args)`, recorded as *created*: nothing of it runs. What `createTask` and its like are given later goes on
 * under the same bar. Its name is its first string argument.
 */
export function coroutine<T, A extends readonly unknown[]>(make: (...args: A) => Coroutine<T>, ...args: A): Coroutine<T> {
  const made: Known = make(...args)
  const context = here()
  const maker = shownName(make as AnyFunction)
  const name = firstText(args) ?? numberedName(maker)
  const lane = loopLane()
  const id = context.newTask(lane, name, maker, 'created')
  made[birth] = { id, name }
  return made as Coroutine<T>
}

export const birthOf = (made: Coroutine): Birth | undefined => (made as Known)[birth]

/** Whether a task has it already. */
export const isDriven = (made: Coroutine): boolean => (made as Known)[driven] === true

/** Whether this is the first task that wants to drive it; from now on one does. */
export function claim(made: Coroutine): boolean {
  const first = !isDriven(made)
  ;(made as Known)[driven] = true
  return first
}

/** A coroutine that fails at its first step. */
// biome-ignore lint/correctness/useYield: it has nothing to wait for
export function* throwing(error: unknown): Coroutine<never> {
  throw error
}

/** Of all generators. */
export const generatorPrototype: object = Object.getPrototypeOf(throwing.prototype)

export const isCoroutine = (value: unknown): value is Coroutine =>
  Object.prototype.isPrototypeOf.call(generatorPrototype, value as object)

export const firstText = (args: readonly unknown[]) => args.find((arg): arg is string => typeof arg === 'string')

export const numberedName = (name: string) => `${name}-${nextNumber(name)}`

const counts = new Map<string, { count: number }>()
/** Of those that are called after one function. */
export function nextNumber(name: string): number {
  const known = counts.get(name)
  if (known) return ++known.count
  counts.set(name, { count: 1 })
  return 1
}
