/** Moments at which runs can be laid over one another: such as are found in each of them by the same words. */
import { endCode, type MarkerKind } from '#protocol/vocabulary'
import type { Marker, RunStore } from './runStore'

export type Moment =
  | { readonly kind: 'start' | 'mainEnd' | 'failure' }
  /** What the message brought, or what a task with that name did first. */
  | { readonly kind: 'message' | TaskMoment; readonly name: string }
export type TaskMoment = (typeof taskMoments)[number]
export const taskMoments = ['ready', 'started', 'finished'] as const

export const atStart: Moment = { kind: 'start' }

export const sameMoment = (a: Moment, b: Moment) => a.kind === b.kind && nameOf(a) === nameOf(b)
const nameOf = (moment: Moment) => ('name' in moment ? moment.name : '')

/** When it was, programme seconds of the run; null: the run has no such moment. */
export function timeOf(store: RunStore, moment: Moment): number | null {
  switch (moment.kind) {
    case 'start':
      return 0
    case 'mainEnd':
      return first(store, 'mainEnd', () => true)
    case 'failure':
      return firstFailure(store)
    case 'message':
      return first(store, 'message', (marker) => messageName(store, marker) === moment.name)
    default: {
      const task = taskNamed(store, moment.name)
      const time = task === null ? Number.NaN : store.tasks.number(moment.kind, task, store.now)
      return Number.isNaN(time) ? null : time
    }
  }
}

/** More names would be a list that nobody reads. */
const mostNames = 6
/** Tasks and messages among which names are looked for: what begins first is what is compared. */
const among = 100

/** Moments that all of the runs have, the start before all others. */
export function commonMoments(stores: readonly RunStore[]): readonly Moment[] {
  const [one] = stores
  if (!one) return [atStart]
  const tasks = names(one.taskCount, (task) => one.nameOf(task))
  const messages = one.markers.filter(({ kind }) => kind === 'message').slice(0, among)
  const moments: readonly Moment[] = [
    { kind: 'mainEnd' },
    { kind: 'failure' },
    ...taskMoments.flatMap((kind) => tasks.map((name) => ({ kind, name }))),
    ...names(messages.length, (i) => messageName(one, messages[i]!)).map((name) => ({ kind: 'message' as const, name })),
  ]
  return [atStart, ...moments.filter((moment) => stores.every((store) => timeOf(store, moment) !== null))]
}

const names = (count: number, nameAt: (index: number) => string) => {
  const found = new Set<string>()
  for (let i = 0; i < Math.min(count, among) && found.size < mostNames; i++) if (nameAt(i) !== '') found.add(nameAt(i))
  return [...found]
}

const messageName = (store: RunStore, { text, task }: Marker) => text || (task === null ? '' : store.nameOf(task))

function first({ markers }: RunStore, kind: MarkerKind, is: (marker: Marker) => boolean): number | null {
  let earliest = Infinity
  for (const marker of markers) {
    if (marker.kind === kind && marker.seconds < earliest && is(marker)) earliest = marker.seconds
  }
  return earliest === Infinity ? null : earliest
}

function firstFailure({ tasks, failed }: RunStore): number | null {
  if (failed === 0) return null
  let earliest = Infinity
  for (let task = 0; task < tasks.length; task++) {
    if (tasks.end.get(task) === endCode.failed) earliest = Math.min(earliest, tasks.endTime.get(task))
  }
  return earliest === Infinity ? null : earliest
}

/** The first that was made. */
function taskNamed({ tasks, strings }: RunStore, name: string): number | null {
  const string = strings.indexOf(name)
  if (string < 0) return null
  for (let task = 0; task < tasks.length; task++) if (tasks.name.get(task) === string) return task
  return null
}
