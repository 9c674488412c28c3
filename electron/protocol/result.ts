/** An expected failure is a value; a bug throws. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: string }

export const success = <T>(value: T): Result<T> => ({ ok: true, value })
/** `problem`: one sentence that says what is wrong, where, and what is allowed. */
export const failure = (problem: string): Result<never> => ({ ok: false, problem })
