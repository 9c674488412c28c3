/** The values of a frame's columns, one by one: what no engine writes is refused before anything is made of it. */
import type { Frame, SectionName } from './frame'
import { ends, envelopeKinds, laneKinds, markerKinds, settlements, states } from './vocabulary'

/** Real nanoseconds, 317 years: beyond it a nanosecond has long been lost. */
const most = 1e19

/** Columns of numbers that must be there, and those that may be NaN. */
const numbers: readonly (readonly [SectionName, ...string[]])[] = [
  ['spans', 'start'],
  ['closings', 'end'],
  ['markers', 'time'],
  ['outputs', 'time'],
  ['levels', 'time', 'value'],
  ['claims', 'time'],
  ['settlements', 'time', 'sent'],
  ['losses', 'from', 'until'],
]
const orNone: readonly (readonly [SectionName, ...string[]])[] = [
  ['spans', 'end'],
  ['ends', 'time', 'earliest'],
  ['claims', 'pushed'],
]
/** How many words a column of codes chooses from. */
const codes: readonly (readonly [SectionName, string, number])[] = [
  ['lanes', 'kind', laneKinds.length],
  ['spans', 'state', states.length],
  ['ends', 'end', ends.length],
  ['markers', 'kind', markerKinds.length],
  ['claims', 'envelope', envelopeKinds.length],
  ['settlements', 'how', settlements.length],
]

/** What is wrong with a value of the frame; null: nothing is. */
export function wrongValue({ now, sentAt, marks, slices }: Pick<Frame, 'now' | 'sentAt' | 'marks' | 'slices'>): string | null {
  for (const [name, value] of Object.entries({ now, sentAt, marks }))
    if (!isNumber(value)) return `its header says ${name} = ${value}, which is no time or number of ours`
  const first = (name: SectionName, column: string, isRight: (value: number) => boolean, what: string): string | null => {
    const values = (slices[name].columns as Readonly<Record<string, ArrayLike<number>>>)[column]!
    for (let i = 0; i < values.length; i++) if (!isRight(values[i]!)) return `${name}[${i}].${column} = ${values[i]} ${what}`
    return null
  }
  for (const [name, ...columns] of numbers) {
    for (const column of columns) {
      const problem = first(name, column, isNumber, `is not between −${most} and ${most}`)
      if (problem) return problem
    }
  }
  for (const [name, ...columns] of orNone) {
    for (const column of columns) {
      const problem = first(name, column, isNumberOrNone, `is neither NaN nor between −${most} and ${most}`)
      if (problem) return problem
    }
  }
  for (const [name, column, count] of codes) {
    const problem = first(name, column, (code) => code < count, `is no code: there are ${count}`)
    if (problem) return problem
  }
  return null
}

const isNumber = (value: number) => value >= -most && value <= most
const isNumberOrNone = (value: number) => isNumber(value) || Number.isNaN(value)
