/**
 * Made-up runs of any size for tests and benchmarks of the charts, the same for the same seed: tasks one after another on each lane, each ready,
 * running, suspended and running again, and now and then one that does not finish. They come as the frames that an engine would send.
 */
import type { Frame, SectionName } from '../../electron/protocol/frame'
import { none, sectionNames, sections } from '../../electron/protocol/frame'
import { endCode, laneCode, stateCode } from '../../electron/protocol/vocabulary'
import { chanceOf } from '../../electron/synthetic/random'

export interface Synthetic {
  readonly spans: number
  readonly lanes: number
  readonly seed: number
  /** How long the run lasts, seconds. */
  readonly seconds: number
  /** How many different names its tasks have. */
  readonly names: number
  /** Share of the tasks that fail; twice as many are cancelled, half as many killed. */
  readonly failing: number
  /** Idle time after every second task of a lane, in units of what it takes to run once; 0: none. */
  readonly pause: number
}

export const million: Synthetic = { spans: 1_000_000, lanes: 32, seed: 1, seconds: 100, names: 10_000, failing: 0.002, pause: 0 }

/** What a task does, in order, and how long in proportion. */
const steps = [
  [stateCode.ready, 0.3],
  [stateCode.running, 0.5],
  [stateCode.suspended, 2],
  [stateCode.running, 0.7],
] as const
/** Between two tasks of a lane. */
const gap = 0.6
const proportions = steps.reduce((sum, [, share]) => sum + share, gap)
const arrays = { f64: Float64Array, u32: Uint32Array, u16: Uint16Array, u8: Uint8Array }
const tasksPerFrame = 4096

export const spansPerTask = steps.length

/** Numbers from 0 to 1, the same for the same seed. */
export const random = (seed: number): (() => number) => chanceOf(seed).next

/** Frames in order; together they are the run. */
export function* syntheticFrames({
  spans,
  lanes,
  seed,
  seconds,
  names,
  failing,
  pause,
}: Synthetic): Generator<Frame, void, undefined> {
  const next = random(seed)
  const tasks = Math.floor(spans / spansPerTask)
  const unit = (seconds / Math.ceil(tasks / lanes) / (proportions + pause / 2)) * 1e9
  const strings = ['', ...Array.from({ length: lanes }, (_, i) => `lane ${i + 1}`)]
  const firstName = strings.length
  strings.push(...Array.from({ length: names }, (_, i) => `task ${i + 1}`), 'synthetic failure')
  const error = strings.length - 1
  // Lengths vary threefold, with a long one now and then: no column is like the next.
  const length = () => unit * (0.5 + next()) * (next() < 0.001 ? 40 : 1)
  const free = Array.from({ length: lanes }, () => 0)
  let sequence = 0
  for (let done = 0; done < tasks || sequence === 0; done += tasksPerFrame) {
    const count = Math.min(tasksPerFrame, tasks - done)
    const frame = emptyFrame(++sequence, done * spansPerTask, {
      tasks: [done, count],
      spans: [done * spansPerTask, count * spansPerTask],
      ends: [done, count],
      ...(done === 0 ? { lanes: [0, lanes] } : {}),
    })
    const { slices } = frame
    if (done === 0) {
      for (let lane = 0; lane < lanes; lane++) {
        slices.lanes.columns.name[lane] = lane + 1
        slices.lanes.columns.kind[lane] = laneCode.loop
      }
    }
    for (let i = 0; i < count; i++) {
      const task = done + i
      const lane = task % lanes
      const own = slices.tasks.columns
      own.name[i] = firstName + (task % names)
      own.parent[i] = none
      own.lane[i] = lane
      let at = free[lane]!
      steps.forEach(([state, share], step) => {
        const { columns } = slices.spans
        const row = i * spansPerTask + step
        columns.start[row] = at
        // Whole nanoseconds, as the clock gives them.
        at = Math.round(at + length() * share)
        columns.end[row] = at
        columns.task[row] = task
        columns.lane[row] = lane
        columns.state[row] = state
      })
      const draw = next() / failing
      const { columns } = slices.ends
      columns.time[i] = columns.earliest[i] = at
      columns.task[i] = task
      columns.end[i] = draw < 1 ? endCode.failed : draw < 3 ? endCode.cancelled : draw < 3.5 ? endCode.killed : endCode.finished
      if (draw < 1) columns.text[i] = error
      const isSecond = Math.floor(task / lanes) % 2 === 1
      free[lane] = Math.round(at + length() * gap + (isSecond ? unit * pause : 0))
    }
    yield { ...frame, now: Math.max(...free), firstString: 0, strings: done === 0 ? strings : [] }
  }
}

export function emptyFrame(sequence: number, marks: number, parts: Partial<Record<SectionName, readonly number[]>>): Frame {
  const slices: Record<string, unknown> = {}
  for (const name of sectionNames) {
    const [first = 0, count = 0] = parts[name] ?? []
    const columns: Record<string, unknown> = {}
    for (const [key, type] of Object.entries(sections[name]) as [string, keyof typeof arrays][]) {
      columns[key] = new arrays[type](count)
    }
    slices[name] = { first, count, columns }
  }
  const header = { run: 1, sequence, now: 0, sentAt: 0, dropped: 0, marks, firstString: 0, strings: [] }
  return { ...header, slices: slices as Frame['slices'] }
}
