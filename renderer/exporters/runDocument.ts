/** A run as the page holds it → the document that `run --json` prints. */
import type { RunDocument } from '#protocol/document'
import { type DocumentInfo, makeDocument, rows } from '#protocol/makeDocument'
import { ends, states } from '#protocol/vocabulary'
import type { RunStore } from '../model/runStore'

/** Of a run that is over and has come whole. */
export function runDocument(info: DocumentInfo & { readonly totalSeconds: number | null }, store: RunStore): RunDocument {
  const { tasks, spans } = store
  return makeDocument({
    info,
    totalSeconds: info.totalSeconds ?? store.now,
    mainEnd: store.markers.find(({ kind }) => kind === 'mainEnd')?.seconds ?? null,
    droppedMarks: store.dropped,
    tasks: rows(store.taskCount, (index) => ({
      name: store.fullString(tasks.name.get(index)),
      lane: tasks.lane.get(index),
      parent: store.parentOf(index),
      end: ends[tasks.end.get(index)] ?? null,
      finish: tasks.endTime.get(index),
      earliest: tasks.earliest.get(index),
      error: store.fullString(tasks.error.get(index)),
      journey: store.journeys.of(index),
    })),
    spans: rows(spans.length, (index) => ({
      task: spans.task.get(index),
      state: states[spans.state.get(index)]!,
      start: spans.start.get(index),
      end: spans.end.get(index),
      label: store.fullString(spans.label.get(index)),
    })),
    lanes: store.lanes.map(({ fullName, kind }) => ({ name: fullName, kind })),
    markers: rows(store.markers.length, (index) => {
      const marker = store.markers[index]!
      return { ...marker, text: marker.fullText ?? marker.text }
    }),
    output: store.outputs,
    losses: store.losses,
  })
}
