/** What no programme of ours does, each at the door of the page and in a run: refused with a sentence, or drawn sensibly. */
import { describe, expect, test } from 'vitest'
import { decodeFrame, encodeFrame, type Frame, none } from '#protocol/frame'
import { laneRows } from '../../renderer/model/laneLayout'
import { RunStore } from '../../renderer/model/runStore'
import { longestName, shownText } from '../../renderer/model/shownText'
import { History } from '../support/frames'
import { emptyFrame } from '../support/syntheticRun'

const storeOf = (frame: Frame) => {
  const store = new RunStore(1, 1)
  store.append(frame)
  return store
}
const oneSpan = (from: number, to: number | null, end = 1) =>
  new History().lane('loop', 'loop').task('a', 'loop').span('a', 'running', from, to).end('a', 'finished', end)

describe('times', () => {
  test.each([
    [
      'a start that is no number',
      (frame: Frame) => frame.slices.spans.columns.start.fill(Number.NaN),
      'spans[0].start = NaN is not',
    ],
    ['an end beyond all time', (frame: Frame) => frame.slices.spans.columns.end.fill(1e27), 'spans[0].end = 1e+27 is neither'],
    ['an infinite end', (frame: Frame) => frame.slices.ends.columns.time.fill(Infinity), 'ends[0].time = Infinity is neither'],
    ['a state without a word', (frame: Frame) => frame.slices.spans.columns.state.fill(99), 'spans[0].state = 99 is no code'],
  ])('%s is refused', (_, spoil, problem) => {
    const frame = oneSpan(0, 1).frame({ now: 2 })
    spoil(frame)
    expect(decodeFrame(encodeFrame(frame))).toEqual({ ok: false, problem: expect.stringContaining(`frame: ${problem}`) })
  })

  test('a frame of no time is refused', () => {
    const frame = { ...oneSpan(0, 1).frame(), now: Number.NaN }
    expect(decodeFrame(encodeFrame(frame))).toMatchObject({ ok: false, problem: expect.stringContaining('now = NaN') })
  })

  test('a span that ends before it starts is a moment at its start, listed or closed so', () => {
    for (const history of [oneSpan(2, 1), oneSpan(2, null).close('a', 1)]) {
      const store = storeOf(history.frame({ now: 3 }))
      expect([store.spans.start.get(0), store.spans.end.get(0), store.task(0).ran]).toEqual([2, 2, 0])
    }
  })

  test('a row that points at what is not there is refused, and nothing of its frame is kept', () => {
    const frame = oneSpan(0, 1).frame()
    frame.slices.spans.columns.task.fill(7)
    const store = new RunStore(1, 1)
    expect(() => store.append(frame)).toThrow('spans[0].task is 7, and there are 1 tasks')
    expect([store.taskCount, store.lanes.length, store.version]).toEqual([0, 0, 0])
  })

  test('more tasks from a queue than there are is refused', () => {
    const made = oneSpan(0, 1).claim('a', 0).settle('a', 1, 2)
    for (const name of ['claims', 'settlements'] as const) {
      const frame = made.frame()
      frame.slices[name].columns.count.fill(0xffffffff)
      expect(() => storeOf(frame)).toThrow(`${name}[0] has 4294967295 tasks from 0 on, and there are 1`)
    }
  })

  test('no span, one, and all at one instant have their rows', () => {
    expect(laneRows(storeOf(new History().lane('main', 'main').frame()))).toHaveLength(1)
    expect(laneRows(storeOf(oneSpan(0, 0, 0).frame()))).toHaveLength(1)
    const instant = manyTasks(1000, () => [5, 5])
    // Each is over when the next begins.
    expect([instant.spans.length, laneRows(instant).length]).toEqual([1000, 1])
  })
})

describe('70,000 tasks on one lane', () => {
  const many = 70_000

  test('that overlap have a row each, with the lane’s name and a number', () => {
    const rows = laneRows(manyTasks(many, (i) => [i, 1e9]))
    expect(rows).toHaveLength(many)
    expect(new Set(rows.map(({ depth }) => depth))).toEqual(new Set([0]))
  })

  test('of which each made the next stand one in another as deep as anybody can read', () => {
    const store = manyTasks(many, (i) => [i, 2e9 - i], true)
    const rows = laneRows(store)
    expect(rows).toHaveLength(many)
    expect(Math.max(...rows.slice(0, 1000).map(({ depth }) => depth))).toBe(64)
    const { rows: subRows } = store.subRows[0]!
    expect(subRows.every(({ outer, depth }) => depth === (outer ? outer.depth + 1 : 0))).toBe(true)
    // The frame of the first has those in it that stand one in another.
    expect(store.subRows[0]!.lastInner(0)).toBe(64)
  })
})

/** Tasks on one loop; `times`: of each, real ns. `chain`: each is made by the one before. */
function manyTasks(count: number, times: (task: number) => readonly [start: number, end: number], chain = false): RunStore {
  const frame = emptyFrame(1, 0, { lanes: [0, 1], tasks: [0, count], spans: [0, count], ends: [0, count] })
  const { lanes, tasks, spans, ends } = frame.slices
  lanes.columns.name[0] = 1
  lanes.columns.kind[0] = 3
  for (let i = 0; i < count; i++) {
    const [start, end] = times(i)
    tasks.columns.name[i] = 2
    tasks.columns.parent[i] = chain && i > 0 ? i - 1 : none
    spans.columns.start[i] = start
    spans.columns.end[i] = ends.columns.time[i] = ends.columns.earliest[i] = end
    spans.columns.task[i] = ends.columns.task[i] = i
    spans.columns.state[i] = 2
  }
  return storeOf({ ...frame, strings: ['', 'loop', 'task'] })
}

describe('names', () => {
  test.each([
    ['an ordinary one, with an emoji of three', 'worker-1 👩‍💻 שלום', 'worker-1 👩‍💻 שלום'],
    ['line ends and tabs', 'one\r\ntwo\tthree', 'one two three'],
    ['control characters', 'a\u0000b\u001b[31m', 'a\ufffdb\ufffd[31m'],
    ['one that turns the line round', 'task \u202egpj.exe\u2066', 'task \ufffdgpj.exe\ufffd'],
    ['a line separator', 'a\u2028b', 'a\ufffdb'],
  ])('%s', (_, text, shown) => {
    expect(shownText(text)).toBe(shown)
  })

  test('of a megabyte are cut, never inside of a character', () => {
    const shown = shownText('x'.repeat(298) + '😀'.repeat(500_000))
    expect(shown).toBe(`${'x'.repeat(298)}…`)
    expect(shownText('y'.repeat(300))).toHaveLength(300)
  })

  test('are shown so wherever a run says them, and kept as they came', () => {
    const name = `a\u202e${'b'.repeat(1_000_000)}`
    const line = 'printed\nas it is'
    const history = new History()
      .lane(name, 'thread')
      .task(name, name)
      .span(name, 'waiting', 0, 1, name)
      .end(name, 'failed', 1, { error: name })
      .output(1, name, line, name)
    const store = storeOf(history.frame({ now: 1 }))
    const shown = shownText(name, longestName)
    expect(shown).toHaveLength(longestName)
    const { name: ofTask, error } = store.task(0)
    expect([ofTask, error, store.nameOf(0), store.labelOf(0), store.lanes[0]!.name, laneRows(store)[0]!.name]).toEqual(
      Array(6).fill(shown),
    )
    expect([store.fullString(store.tasks.name.get(0)), store.lanes[0]!.fullName]).toEqual([name, name])
    expect(store.outputs[0]!.text).toBe(line)
    // Of a text that is no name more is shown.
    const failed = oneSpan(0, 1).end('a', 'failed', 1, { error: 'x'.repeat(200) })
    expect(storeOf(failed.frame()).task(0).error).toHaveLength(200)
  })
})
