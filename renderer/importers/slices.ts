/** Rows of objects → the columns of a frame. */
import { type SectionName, type Slice, sections } from '#protocol/frame'

export type Row<S extends SectionName> = { readonly [K in keyof (typeof sections)[S]]: number }

const arrays = { f64: Float64Array, u32: Uint32Array, u16: Uint16Array, u8: Uint8Array }

/** A whole list. */
export function fill<S extends SectionName, T>(name: S, rows: readonly T[], row: (one: T, index: number) => Row<S>): Slice<S> {
  const kinds = Object.entries<keyof typeof arrays>(sections[name])
  const columns = Object.fromEntries(kinds.map(([key, kind]) => [key, new arrays[kind](rows.length)]))
  rows.forEach((one, index) => {
    const values: Readonly<Record<string, number>> = row(one, index)
    for (const [key] of kinds) columns[key]![index] = values[key]!
  })
  return { first: 0, count: rows.length, columns: columns as Slice<S>['columns'] }
}
