/** A run's history → the document that `run --json` prints. */
import type { RunDocument } from '#protocol/document'
import { none } from '#protocol/frame'
import { type OpenDocument, openDocument, rows, wholeDocument } from '#protocol/makeDocument'
import { nanos, toProgramme } from '#protocol/units'
import { ends, laneKinds, markerKinds, states } from '#protocol/vocabulary'
import { journeysOf } from './journeys'
import type { KeptRun } from './keptRun'

export const toDocument = (run: KeptRun): RunDocument => wholeDocument(toOpenDocument(run))

export function toOpenDocument(run: KeptRun): OpenDocument {
  const { lanes, tasks, spans, ends: ended, markers, outputs, losses, strings, dropped } = run.history
  const info = run.info()
  const seconds = (time: number) => toProgramme(nanos(time), info.speed)
  const text = (index: number) => strings[index] ?? ''
  const orNull = (task: number) => (task === none ? null : task)

  const endOf = new Map(rows(ended.length, (i) => [ended.get('task', i), i] as const))
  const journeyOf = journeysOf(run.history, seconds)
  return openDocument({
    info,
    totalSeconds: seconds(run.now()),
    mainEnd: run.mainEnd === null ? null : seconds(run.mainEnd),
    droppedMarks: dropped,
    lanes: rows(lanes.length, (index) => ({
      name: text(lanes.get('name', index)),
      kind: laneKinds[lanes.get('kind', index)]!,
    })),
    tasks: rows(tasks.length, (index) => {
      const i = endOf.get(index)
      return {
        name: text(tasks.get('name', index)),
        lane: tasks.get('lane', index),
        parent: orNull(tasks.get('parent', index)),
        end: i === undefined ? null : ends[ended.get('end', i)]!,
        finish: i === undefined ? Number.NaN : seconds(ended.get('time', i)),
        earliest: i === undefined ? Number.NaN : seconds(ended.get('earliest', i)),
        error: i === undefined ? '' : text(ended.get('text', i)),
        journey: journeyOf(index),
      }
    }),
    spans: rows(spans.length, (i) => ({
      task: spans.get('task', i),
      state: states[spans.get('state', i)]!,
      start: seconds(spans.get('start', i)),
      end: seconds(spans.get('end', i)),
      label: text(spans.get('label', i)),
    })),
    markers: rows(markers.length, (i) => ({
      kind: markerKinds[markers.get('kind', i)]!,
      text: text(markers.get('text', i)),
      seconds: seconds(markers.get('time', i)),
      lane: markers.get('lane', i),
      task: orNull(markers.get('task', i)),
    })),
    output: rows(outputs.length, (i) => ({
      lane: outputs.get('lane', i),
      text: text(outputs.get('text', i)),
      seconds: seconds(outputs.get('time', i)),
    })),
    losses: rows(losses.length, (i) => ({
      lane: losses.get('lane', i),
      from: seconds(losses.get('from', i)),
      until: seconds(losses.get('until', i)),
      count: losses.get('count', i),
    })),
  })
}
