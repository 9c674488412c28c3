/** A run's history → the document that `run --json` prints. */
import type { DocumentSpan, DocumentTask, RunDocument } from '#protocol/document'
import { nanos, toProgramme } from '#protocol/units'
import { ends, markerKinds, states } from '#protocol/vocabulary'
import type { Run } from './run'

/** Programme seconds to the nanosecond: more digits would be noise of the arithmetic. */
const digits = 1e9

export function toDocument(run: Run): RunDocument {
  const { history } = run
  const info = run.info()
  const at = (time: number) => Math.round(toProgramme(nanos(time), info.speed) * digits) / digits
  const text = (index: number) => history.strings[index] ?? ''
  const lane = (index: number) => text(history.lanes.get('name', index))
  const taskName = (index: number) => text(history.tasks.get('name', index))

  const spans: DocumentSpan[] = []
  const segments = Array.from({ length: history.tasks.length }, () => ({ created: null, ready: null, start: null }) as Segments)
  for (let i = 0; i < history.spans.length; i++) {
    const state = states[history.spans.get('state', i)]!
    const start = at(history.spans.get('start', i))
    const task = history.spans.get('task', i)
    const seen = segments[task]!
    if (state === 'created') seen.created ??= start
    else if (state === 'ready') seen.ready ??= start
    else seen.start ??= start
    spans.push({
      task: taskName(task),
      taskIndex: task,
      lane: lane(history.spans.get('lane', i)),
      state,
      startSeconds: start,
      endSeconds: at(history.spans.get('end', i)),
    })
  }

  const ended = new Map<number, { end: (typeof ends)[number]; time: number }>()
  for (let i = 0; i < history.ends.length; i++) {
    ended.set(history.ends.get('task', i), { end: ends[history.ends.get('end', i)]!, time: history.ends.get('time', i) })
  }
  const tasks: DocumentTask[] = segments.map(({ created, ready, start }, index) => {
    const { end, time } = ended.get(index) ?? { end: 'pending' as const, time: Number.NaN }
    return {
      name: taskName(index),
      lane: lane(history.tasks.get('lane', index)),
      createdSeconds: created ?? ready ?? start,
      readySeconds: ready,
      startSeconds: start,
      finishSeconds: end === 'pending' ? null : at(time),
      end,
    }
  })

  return {
    scenario: info.scenario,
    parameters: info.parameters,
    speed: info.speed,
    idealSeconds: info.idealSeconds,
    totalSeconds: at(run.now()),
    mainEndSeconds: run.mainEnd === null ? null : at(run.mainEnd),
    droppedMarks: history.dropped,
    clockErrorSeconds: info.measured.clockErrorSeconds ?? 0,
    markCostSeconds: info.measured.markCostSeconds ?? 0,
    markers: Array.from({ length: history.markers.length }, (_, i) => {
      const words = [markerKinds[history.markers.get('kind', i)]!, text(history.markers.get('text', i))]
      return { name: words.filter(Boolean).join(' '), seconds: at(history.markers.get('time', i)) }
    }),
    tasks,
    spans,
    output: Array.from({ length: history.outputs.length }, (_, i) => ({
      seconds: at(history.outputs.get('time', i)),
      lane: lane(history.outputs.get('lane', i)),
      text: text(history.outputs.get('text', i)),
    })),
  }
}

interface Segments {
  created: number | null
  ready: number | null
  start: number | null
}
