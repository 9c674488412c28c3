/** The document that `run --json` prints → a run as the page holds it: the way back of exporters/runDocument.ts. */
import type { DocumentSpan, RunDocument } from '#protocol/document'
import { type Frame, none } from '#protocol/frame'
import type { DocumentInfo } from '#protocol/makeDocument'
import { plainText } from '#protocol/plainText'
import {
  endCode,
  envelopeCode,
  laneCode,
  type MarkerKind,
  markerCode,
  markerKinds,
  settlementCode,
  stateCode,
} from '#protocol/vocabulary'
import { RunStore } from '../model/runStore'
import { fill, type Row } from './slices'

export interface ImportedRun {
  readonly info: DocumentInfo & { readonly totalSeconds: number }
  readonly store: RunStore
}

/** Of a document that was checked (electron/documentFile.ts). Throws RangeError for a marker of no kind that is known. */
export function importRun(document: RunDocument): ImportedRun {
  const { scenario, parameters, speed, idealSeconds, totalSeconds, clockErrorSeconds, markCostSeconds } = document
  const measured = { clockErrorSeconds, markCostSeconds }
  const { synthetic = null } = document
  const store = new RunStore(1, speed)
  store.append(frameOf(document))
  return { info: { scenario, parameters, speed, idealSeconds, totalSeconds, measured, synthetic }, store }
}

/** What a frame can number. */
const mostLanes = 65_536

/** All of the run in one frame, as the engine would send it. */
function frameOf(document: RunDocument): Frame {
  const { tasks, spans, markers, output, losses = [], speed } = document
  const strings = new Strings()
  // A frame counts in real nanoseconds.
  const real = (seconds: number) => (seconds / speed) * 1e9
  const lanes = document.lanes ?? lanesOf(document)
  if (lanes.length > mostLanes)
    throw new RangeError(`there are ${lanes.length} lanes, and no more than ${mostLanes} can be drawn`)
  const laneCalled = placesOf(lanes)
  const taskOf = tasksOfSpans(document)
  const laneOf = ({ lane, laneIndex }: { readonly lane: string; readonly laneIndex?: number | undefined }) =>
    laneIndex ?? laneCalled.get(lane) ?? 0
  const end = (index: number): Row<'ends'> => {
    const { end, finishSeconds, earliestSeconds, error = '' } = tasks[index]!
    const time = finishSeconds === null ? Number.NaN : real(finishSeconds)
    const earliest = earliestSeconds === undefined ? time : real(earliestSeconds)
    return { time, earliest, task: index, text: strings.of(error), end: endCode[end] }
  }
  const journeys = tasks.flatMap(({ journey }, task) => (journey ? [{ task, journey }] : []))
  const settled = journeys.flatMap(({ task, journey: { settlement: how, settledSeconds: time, sentSeconds: sent = time } }) =>
    how === undefined || time === undefined || sent === undefined ? [] : [{ task, time, sent, how }],
  )
  const slices: Frame['slices'] = {
    lanes: fill('lanes', lanes, ({ name, kind }) => ({ name: strings.of(name), kind: laneCode[kind] })),
    tasks: fill('tasks', tasks, (task) => ({
      name: strings.of(task.name),
      target: 0,
      parent: task.parentIndex ?? none,
      lane: laneOf(task),
    })),
    spans: fill('spans', spans, (span) => ({
      start: real(span.startSeconds),
      end: real(span.endSeconds),
      task: taskOf(span),
      label: strings.of(span.label ?? ''),
      lane: laneOf(tasks[taskOf(span)]!),
      state: stateCode[span.state],
    })),
    closings: fill('closings', [], () => ({ end: 0, span: 0 })),
    ends: fill('ends', tasks, (_task, index) => end(index)),
    markers: fill('markers', markers, ({ name, seconds, laneIndex = 0, taskIndex = none }) => {
      const { kind, text } = markerOf(name)
      return { time: real(seconds), task: taskIndex, text: strings.of(text), lane: laneIndex, kind: markerCode[kind] }
    }),
    outputs: fill('outputs', output, ({ seconds, lane, text }) => ({
      time: real(seconds),
      text: strings.of(text),
      task: none,
      lane: laneCalled.get(lane) ?? 0,
    })),
    levels: fill('levels', [], () => ({ time: 0, value: 0, name: 0, lane: 0 })),
    claims: fill('claims', journeys, ({ task, journey: { claimedSeconds, pushedSeconds = Number.NaN, envelope } }) => ({
      time: real(claimedSeconds),
      pushed: real(pushedSeconds),
      task,
      count: 1,
      envelope: envelopeCode[envelope],
    })),
    settlements: fill('settlements', settled, ({ task, time, sent, how }) => ({
      time: real(time),
      sent: real(sent),
      task,
      count: 1,
      how: settlementCode[how],
    })),
    losses: fill('losses', losses, ({ laneIndex, fromSeconds, untilSeconds, marks }) => ({
      from: real(fromSeconds),
      until: real(untilSeconds),
      count: marks,
      lane: laneIndex,
    })),
  }
  const header = { run: 1, sequence: 1, now: real(document.totalSeconds), sentAt: 0, dropped: document.droppedMarks, marks: 0 }
  return { ...header, firstString: 0, strings: strings.list, slices }
}

/** `message fetched` → its kind and its text. Throws RangeError. */
function markerOf(name: string): { readonly kind: MarkerKind; readonly text: string } {
  const [word = '', ...rest] = name.split(' ')
  const kind = markerKinds.find((known) => known === word)
  if (!kind) throw new RangeError(`“${shown(word)}” is no kind of marker`)
  return { kind, text: rest.join(' ') }
}

/** It is told on a terminal. */
const shown = (text: string) => plainText(text, 100)

class Strings {
  readonly list = ['']
  private readonly places = new Map([['', 0]])

  of(text: string): number {
    const known = this.places.get(text)
    if (known !== undefined) return known
    this.places.set(text, this.list.length)
    return this.list.push(text) - 1
  }
}

const placesOf = (named: readonly { readonly name: string }[]) => {
  const places = new Map<string, number>()
  named.forEach(({ name }, index) => {
    if (!places.has(name)) places.set(name, index)
  })
  return places
}

/** Of a document that does not list them: as its tasks name them; where several tasks are on one, it is a loop's. */
function lanesOf({ tasks, spans, output }: RunDocument): NonNullable<RunDocument['lanes']> {
  const count = new Map<string, number>()
  for (const { lane } of tasks) count.set(lane, (count.get(lane) ?? 0) + 1)
  for (const { lane } of [...spans, ...output]) if (!count.has(lane)) count.set(lane, 0)
  return [...count].map(([name, on]) => ({ name, kind: name === 'main' ? 'main' : on > 1 ? 'loop' : 'thread' }))
}

/** Of an older document's span nobody knows which of several tasks of its name and lane it is of: the first is as good. */
function tasksOfSpans({ tasks }: RunDocument): (span: DocumentSpan) => number {
  const key = (name: string, lane: string) => `${name}\0${lane}`
  const first = placesOf(tasks.map(({ name, lane }) => ({ name: key(name, lane) })))
  return ({ task, taskIndex, lane }) => {
    const found = taskIndex ?? first.get(key(task, lane))
    if (found === undefined) throw new RangeError(`there is no task “${shown(task)}” on “${shown(lane)}”`)
    return found
  }
}
