/** A run as the page holds it → the document that `run --json` prints. */
import type { RunDocument } from '#protocol/document'
import { makeDocument, rows } from '#protocol/makeDocument'
import type { RunInfo } from '#protocol/messages'
import { ends, states } from '#protocol/vocabulary'
import type { RunStore } from '../model/runStore'

/** Of a run that is over and has come whole. */
export function runDocument(info: RunInfo, store: RunStore): RunDocument {
  const { tasks, spans } = store
  const lane = (index: number) => store.lanes[index]?.fullName ?? ''
  return makeDocument({
    info,
    totalSeconds: info.totalSeconds ?? store.now,
    mainEnd: store.markers.find(({ kind }) => kind === 'mainEnd')?.seconds ?? null,
    droppedMarks: store.dropped,
    tasks: rows(store.taskCount, (index) => ({
      name: store.fullString(tasks.name.get(index)),
      lane: lane(tasks.lane.get(index)),
      end: ends[tasks.end.get(index)] ?? null,
      finish: tasks.endTime.get(index),
    })),
    spans: rows(spans.length, (index) => ({
      task: spans.task.get(index),
      state: states[spans.state.get(index)]!,
      start: spans.start.get(index),
      end: spans.end.get(index),
    })),
    markers: store.markers,
    output: store.outputs.map((line) => ({ ...line, lane: lane(line.lane) })),
  })
}
