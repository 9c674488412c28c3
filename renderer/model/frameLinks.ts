/** Whether a frame follows what a run has: its rows are the next ones, and what they point at is there. */
import { type Frame, none, type SectionName, sectionNames } from '#protocol/frame'

/** How much of each list there is. */
export type Lengths = Readonly<Record<SectionName, number>>

/** Columns that point into a list, and whether they may point nowhere. Strings are asked for when they are shown. */
const links: readonly (readonly [from: SectionName, column: string, to: SectionName, orNone?: 'or none'])[] = [
  ['tasks', 'lane', 'lanes'],
  ['tasks', 'parent', 'tasks', 'or none'],
  ['spans', 'task', 'tasks'],
  ['spans', 'lane', 'lanes'],
  ['closings', 'span', 'spans'],
  ['ends', 'task', 'tasks'],
  ['markers', 'task', 'tasks', 'or none'],
  ['markers', 'lane', 'lanes'],
  ['outputs', 'task', 'tasks', 'or none'],
  ['outputs', 'lane', 'lanes'],
  ['levels', 'lane', 'lanes'],
  ['claims', 'task', 'tasks'],
  ['settlements', 'task', 'tasks'],
  ['losses', 'lane', 'lanes'],
]

/** What is wrong with it; null: it can be appended. */
export function brokenLink({ slices, firstString }: Frame, have: Lengths, strings: number): string | null {
  if (firstString > strings) return missing('strings', strings, firstString)
  for (const name of sectionNames) {
    const { first, count } = slices[name]
    if (count > 0 && first > have[name]) return missing(name, have[name], first)
  }
  for (const [from, column, to, orNone] of links) {
    const values = (slices[from].columns as Readonly<Record<string, ArrayLike<number>>>)[column]!
    const there = Math.max(have[to], slices[to].count === 0 ? 0 : slices[to].first + slices[to].count)
    for (let i = 0; i < values.length; i++) {
      const at = values[i]!
      if (at >= there && !(orNone && at === none)) return `${from}[${i}].${column} is ${at}, and there are ${there} ${to}`
    }
  }
  for (const name of ['claims', 'settlements'] as const) {
    const { task, count } = slices[name].columns
    const there = Math.max(have.tasks, slices.tasks.first + slices.tasks.count)
    for (let i = 0; i < task.length; i++)
      if (task[i]! + count[i]! > there) return `${name}[${i}] has ${count[i]} tasks from ${task[i]} on, and there are ${there}`
  }
  return null
}

const missing = (name: string, have: number, first: number) => `${name} ${have} to ${first - 1} are missing`
