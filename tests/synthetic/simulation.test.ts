import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ends, laneKinds, states } from '#protocol/vocabulary'
import { History, startPosition } from '../../electron/engine/history'
import type { SyntheticOptions } from '../../electron/synthetic/info'
import { Simulation } from '../../electron/synthetic/simulation'
import { taskNames } from '../../electron/synthetic/words'

const options = fc.record({
  spans: fc.integer({ min: 1, max: 3000 }),
  lanes: fc.integer({ min: 1, max: 40 }),
  seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  live: fc.constant(false),
})

/** The whole run, made in pieces of so many spans. */
function historyOf(wanted: SyntheticOptions, pieceSpans: number): { history: History; now: number } {
  const simulation = new Simulation(wanted)
  const history = new History()
  let now = 0
  while (history.spans.length < wanted.spans) {
    const piece = simulation.run(Math.min(wanted.spans, history.spans.length + pieceSpans))
    history.append(piece)
    now = piece.now
  }
  history.endAll(now)
  return { history, now }
}

const rowsOf = ({ spans }: History) =>
  Array.from({ length: spans.length }, (_, i) => ({
    task: spans.get('task', i),
    lane: spans.get('lane', i),
    state: states[spans.get('state', i)]!,
    start: spans.get('start', i),
    end: spans.get('end', i),
  }))

describe('a synthetic run', () => {
  it('is the same for the same values, in whatever pieces it is made', () => {
    fc.assert(
      fc.property(options, fc.integer({ min: 1, max: 700 }), (wanted, pieceSpans) => {
        const whole = historyOf(wanted, wanted.spans).history
        const cut = historyOf(wanted, pieceSpans).history
        expect(rowsOf(cut)).toEqual(rowsOf(whole))
        expect(cut.strings).toEqual(whole.strings)
        expect(cut.ends.slice(0, 1e6)).toEqual(whole.ends.slice(0, 1e6))
      }),
      { numRuns: 40 },
    )
  })

  it('differs with its seed', () => {
    const wanted = { spans: 500, lanes: 4, seed: 1, live: false }
    expect(rowsOf(historyOf(wanted, 500).history)).not.toEqual(rowsOf(historyOf({ ...wanted, seed: 2 }, 500).history))
  })

  it('has as many spans and lanes as were asked for, and could have happened', () => {
    fc.assert(
      fc.property(options, (wanted) => {
        const { history, now } = historyOf(wanted, 256)
        const rows = rowsOf(history)
        expect([rows.length, history.lanes.length]).toEqual([wanted.spans, wanted.lanes])
        expect(history.ends.length).toBe(history.tasks.length)
        const until = new Map<string, number>()
        const wrong = rows.filter(({ task, lane, state, start, end }) => {
          // A task is in one state after another, and a lane runs one task at a time.
          const slots = state === 'running' ? [`task ${task}`, `lane ${lane}`] : [`task ${task}`]
          const isFree = slots.every((slot) => start >= (until.get(slot) ?? 0))
          for (const slot of slots) until.set(slot, end)
          return !(isFree && start <= end && end <= now)
        })
        expect(wrong).toEqual([])
      }),
      { numRuns: 40 },
    )
  })

  it('has lanes of several kinds, every end, lengths that vary, and few names', () => {
    const { history } = historyOf({ spans: 100_000, lanes: 12, seed: 7, live: false }, 16_384)
    const of = <T>(words: readonly T[], list: { length: number }, get: (i: number) => number) =>
      new Set(Array.from({ length: list.length }, (_, i) => words[get(i)]))
    expect(of(laneKinds, history.lanes, (i) => history.lanes.get('kind', i))).toEqual(
      new Set(['main', 'loop', 'thread', 'daemon']),
    )
    expect(of(ends, history.ends, (i) => history.ends.get('end', i))).toEqual(new Set(ends))
    expect(of(states, history.spans, (i) => history.spans.get('state', i))).toEqual(new Set(states))
    const ran = rowsOf(history)
      .filter(({ state }) => state === 'running')
      .map(({ start, end }) => end - start)
      .sort((a, b) => a - b)
    expect(ran[Math.floor(ran.length * 0.99)]! / ran[Math.floor(ran.length / 2)]!).toBeGreaterThan(5)
    expect(taskNames).toBeLessThanOrEqual(10_000)
    const names = new Set(Array.from({ length: history.tasks.length }, (_, i) => history.tasks.get('name', i)))
    expect(names.size).toBeLessThanOrEqual(taskNames)
    expect(history.markers.length).toBeGreaterThan(10)
  })

  it('says of itself what it is, in its first line and its first mark', () => {
    const { history } = historyOf({ spans: 1, lanes: 1, seed: 42, live: false }, 1)
    const said = 'synthetic: made up from seed 42, not measured'
    expect(history.strings[history.outputs.get('text', 0)]).toBe(said)
    expect(history.strings[history.markers.get('text', 0)]).toBe(said)
  })

  it('makes about 10,000 spans in each of its seconds, on few lanes and on many', () => {
    for (const lanes of [1, 32, 3000]) {
      const simulation = new Simulation({ spans: 0, lanes, seed: 3, live: true })
      const spans = simulation.run(Number.POSITIVE_INFINITY, 10e9).slices.spans.count
      expect(spans / 10).toBeGreaterThan(8000)
      expect(spans / 10).toBeLessThan(12_000)
    }
  })

  it('is read from the history as pages read it', () => {
    const { history } = historyOf({ spans: 2000, lanes: 5, seed: 1, live: false }, 300)
    const position = startPosition()
    let spans = 0
    while (!history.isRead(position)) spans += history.read(position).slices.spans.count
    expect(spans).toBe(2000)
  })
})
