/** Exceptions between threads: their words cross, and on the other side they are exceptions of the same class again where that has one. */
import * as ours from './errors'

/** Cloneable. */
export interface ErrorWords {
  readonly name: string
  readonly message: string
}

export const wordsOf = (error: unknown): ErrorWords =>
  error instanceof Error ? { name: error.name, message: error.message } : { name: 'Error', message: String(error) }

const classes = new Map<string, new (message: string) => Error>(
  Object.entries({ ...ours, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError }),
)

/** Of a class that is unknown here it is an Error of that name. */
export function errorFrom({ name, message }: ErrorWords): Error {
  const known = classes.get(name)
  if (known) return new known(message)
  const error = new Error(message)
  error.name = name
  return error
}
