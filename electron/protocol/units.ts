/** Units of the product. Every conversion between them is in this file. */

/** Real nanoseconds since a run's zero, the first line of its main. Exact to 1 ns for 104 days. */
export type Nanos = number & { readonly __unit: 'ns' }

/** Programme seconds: real time multiplied by the run's speed factor. What axes, tables and documents show. */
export type Seconds = number & { readonly __unit: 'programme s' }

export const nanos = (value: number) => value as Nanos
export const seconds = (value: number) => value as Seconds

/** Real nanoseconds of a run played at `speed` → programme seconds. */
export const toProgramme = (real: Nanos, speed: number) => ((real * speed) / 1e9) as Seconds

/** Below a nanosecond is noise of the arithmetic: 3 × 0.1 is 0.3. */
export const toNanosecond = (value: number) => Math.round(value * 1e9) / 1e9

/** Programme seconds → real milliseconds at `speed`, as timers want them. */
export const toRealMillis = (programme: number, speed: number) => (programme * 1e3) / speed

/** `since(t, zero)`: a clock reading in nanoseconds → nanoseconds since `zero`. */
export const since = (time: bigint, zero: bigint) => Number(time - zero) as Nanos
