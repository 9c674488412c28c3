/** How a programme tells what happened. events.py writes the same lines for the same values. */
import type { EventLoop, ExceptionContext } from '../../../electron/loop/index'
import { Stopped } from '../../../electron/threads/controlBlock'
import { print } from '../../../electron/threads/time'

/** A generator function, run by runUntilComplete on a new loop, or a function that is given that loop. */
export type Programmes = Readonly<Record<string, (loop: EventLoop) => unknown>>

function show(value: unknown): string {
  if (value === undefined || value === null) return 'none'
  if (value instanceof Error) return `${value.name}: ${value.message}`
  if (Array.isArray(value)) return `[${value.map(show).join(', ')}]`
  return String(value)
}

export function say(...values: readonly unknown[]): void {
  print(values.map(show).join(' '))
}

/** What `read` returns or throws. */
export function outcome(read: () => unknown): unknown {
  try {
    return read()
  } catch (error) {
    if (error instanceof Stopped) throw error
    return error
  }
}

/** The loop's report of what nobody caught, without the callback's name. */
export function report(_loop: EventLoop, { message, exception }: ExceptionContext): void {
  const told = message.replace(/(Exception in callback) [\s\S]*/, '$1')
  say('reported', ...[told, exception].filter((part) => part !== undefined))
}

/** Python's `except kind`: what is caught goes on where it is no such error. */
export function except<E extends Error>(kind: abstract new (...args: never[]) => E, caught: unknown): asserts caught is E {
  if (!(caught instanceof kind)) throw caught
}
