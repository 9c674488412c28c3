import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DocumentSpan, DocumentTask, RunDocument } from '#protocol/document'
import { spanRows, spansCsv, spansJson } from '#protocol/spanRows'
import { ends, states } from '#protocol/vocabulary'
import { readCsv } from '../support/rfc4180'

const header = ['task', 'lane', 'state', 'startSeconds', 'endSeconds', 'durationSeconds', 'taskEnd']
const written = (pieces: Iterable<string>) => [...pieces].join('')
const csvOf = (document: RunDocument) => readCsv(written(spansCsv(document)))

const documentOf = (tasks: readonly DocumentTask[], spans: readonly DocumentSpan[]): RunDocument => ({
  scenario: 'made',
  parameters: {},
  speed: 1,
  idealSeconds: null,
  totalSeconds: 1,
  mainEndSeconds: null,
  droppedMarks: 0,
  clockErrorSeconds: 0,
  markCostSeconds: 0,
  markers: [],
  tasks,
  spans,
  output: [],
})
const taskOf = (name: string, end: DocumentTask['end'] = 'finished', lane = 'loop'): DocumentTask => ({
  name,
  lane,
  createdSeconds: 0,
  readySeconds: 0,
  startSeconds: 0,
  finishSeconds: 1,
  end,
})
const spanOf = (task: string, more: Partial<DocumentSpan> = {}): DocumentSpan => ({
  task,
  taskIndex: 0,
  lane: 'loop',
  state: 'running',
  startSeconds: 0.1,
  endSeconds: 0.3,
  ...more,
})

const awkward = [
  '',
  ' ',
  "'",
  '"',
  ',',
  '\r\n',
  '=1+1',
  '-5',
  '+a',
  '@b',
  '\t=c',
  '＝d',
  "'=e",
  'مرحبا',
  '\u202e=x',
  '\0',
  '第一',
]
const name = fc.oneof(
  fc.constantFrom(...awkward),
  fc.string({ unit: 'binary' }),
  fc.array(fc.constantFrom(...awkward)).map((s) => s.join('')),
)
const time = fc.oneof(
  fc.double({ min: -1e10, max: 1e10, noNaN: true }),
  fc.integer({ min: 0, max: 1e9 }).map((ns) => ns / 1e9),
)
const anyRun = fc
  .array(fc.record({ name, lane: name, end: fc.constantFrom(...ends) }), { minLength: 1, maxLength: 5 })
  .chain((tasks) => {
    const span = fc.record({ task: fc.nat(tasks.length - 1), state: fc.constantFrom(...states), a: time, b: time })
    return fc.array(span, { maxLength: 30 }).map((spans) =>
      documentOf(
        tasks.map((task) => taskOf(task.name, task.end, task.lane)),
        spans.map(({ task, state, a, b }) => ({
          task: tasks[task]!.name,
          taskIndex: task,
          lane: tasks[task]!.lane,
          state,
          startSeconds: Math.min(a, b),
          endSeconds: Math.max(a, b),
        })),
      ),
    )
  })

describe('the spans of a run as CSV', () => {
  it('is read by a strict program as what was written', () => {
    const told = (text: string) => text.replace(/^'/, '')
    fc.assert(
      fc.property(anyRun, (run) => {
        const [head, ...records] = csvOf(run)
        expect(head).toEqual(header)
        const read = records.map(([task, lane, state, start, end, , taskEnd]) => ({
          task: told(task!),
          lane: told(lane!),
          state,
          startSeconds: Number(start),
          endSeconds: Number(end),
          taskEnd,
        }))
        expect(read).toEqual(
          run.spans.map(({ taskIndex, startSeconds, endSeconds, ...span }) => ({
            ...span,
            // There is one zero in a file.
            startSeconds: startSeconds + 0,
            endSeconds: endSeconds + 0,
            taskEnd: run.tasks[taskIndex!]!.end,
          })),
        )
      }),
      { numRuns: 500 },
    )
  })

  it('holds no cell that a spreadsheet would take for a formula', () => {
    fc.assert(
      fc.property(anyRun, (run) => {
        const texts = csvOf(run).flatMap(([task, lane, state, , , , end]) => [task, lane, state, end])
        expect(texts.filter((text) => /^[=+\-@\t\r\n＝＋－＠]/.test(text!))).toEqual([])
      }),
      { numRuns: 500 },
    )
  })

  it('writes numbers as numbers, a time before main’s first line too', () => {
    const run = documentOf([taskOf('a')], [spanOf('a', { startSeconds: -0.25, endSeconds: 1e-9 })])
    expect(csvOf(run)[1]).toEqual(['a', 'loop', 'running', '-0.25', '1e-9', '0.250000001', 'finished'])
  })

  it('writes a length without the noise of the arithmetic', () => {
    expect(0.3 - 0.1).not.toBe(0.2)
    expect(csvOf(documentOf([taskOf('a')], [spanOf('a')]))[1]![5]).toBe('0.2')
  })

  it('is only its header where there are no spans', () => {
    expect(written(spansCsv(documentOf([], [])))).toBe(`${header.join()}\r\n`)
  })

  it('comes in pieces, so that a long run is never one text', () => {
    const run = documentOf(
      [taskOf('a')],
      Array.from({ length: 20_000 }, () => spanOf('a')),
    )
    const pieces = [...spansCsv(run)]
    expect(pieces.length).toBeGreaterThan(5)
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(70_000)
    expect(readCsv(pieces.join(''))).toHaveLength(20_001)
  })
})

describe('the spans of a run as JSON', () => {
  it('is what the rows are', () => {
    const json = (run: RunDocument) => JSON.parse(written(spansJson(run)))
    fc.assert(
      fc.property(anyRun, (run) => {
        expect(json(run)).toEqual(JSON.parse(JSON.stringify([...spanRows(run)])))
      }),
    )
    expect(json(documentOf([], []))).toEqual([])
  })
})

describe('the end of a span’s task', () => {
  const tasks = [taskOf('5', 'failed'), taskOf('5'), taskOf('3', 'killed'), taskOf('5', 'cancelled', 'other')]
  const endOf = (more: Partial<DocumentSpan>) => [...spanRows(documentOf(tasks, [spanOf('5', more)]))][0]!.taskEnd

  it('is told by the task’s place, since names are not unique', () => {
    expect([endOf({ taskIndex: 0 }), endOf({ taskIndex: 1 })]).toEqual(['failed', 'finished'])
  })

  it('is told by name and lane in a document without places, or not at all where two tasks have them', () => {
    expect(endOf({ taskIndex: undefined, task: '3' })).toBe('killed')
    expect(endOf({ taskIndex: undefined, lane: 'other' })).toBe('cancelled')
    expect(endOf({ taskIndex: undefined })).toBeNull()
  })
})

it('say of a run that was made up that it was, in each row', () => {
  const made = { ...documentOf([taskOf('a')], [spanOf('a')]), synthetic: { seed: 7 } }
  expect(csvOf(made)).toEqual([
    [...header, 'syntheticSeed'],
    ['a', 'loop', 'running', '0.1', '0.3', '0.2', 'finished', '7'],
  ])
  expect(JSON.parse(written(spansJson(made)))).toMatchObject([{ task: 'a', syntheticSeed: 7 }])
})
