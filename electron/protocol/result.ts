/** An expected failure is a value; a bug throws. `P`: one sentence that says what is wrong, where, and what is allowed, in one language or in all. */
export type Result<T, P = string> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: P }

export const success = <T>(value: T): Result<T, never> => ({ ok: true, value })
export const failure = <P = string>(problem: P): Result<never, P> => ({ ok: false, problem })
