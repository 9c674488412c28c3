/**
 * Bytes that are no frame, and frames of a real run with something wrong in them: each is refused with a sentence, or is a frame that a run takes
 * or refuses with a sentence, and of a run that took it everything can be asked. `npm run test:long` tries 100,000.
 */
import { expect, test } from 'vitest'
import { decodeFrame, encodeFrame, type Frame } from '#protocol/frame'
import { laneRows } from '../../renderer/model/laneLayout'
import { RunStore } from '../../renderer/model/runStore'
import { taskOrder } from '../../renderer/model/taskOrder'
import { History } from '../support/frames'
import { newSeed } from '../support/seed'
import { million, random, syntheticFrames } from '../support/syntheticRun'

const cases = process.env['LOOPSCOPE_LONG'] ? 100_000 : 5000

/** One of everything that a frame can hold. */
const whole = new History()
  .lane('main', 'main')
  .lane('loop', 'loop')
  .task('outer', 'loop', { target: 'outer' })
  .task('inner', 'loop', { target: 'inner', parent: 'outer' })
  .task('late', 'loop')
  .span('outer', 'running', 0, 1)
  .span('outer', 'suspended', 1, 4, 'inner')
  .span('inner', 'ready', 1, 2)
  .span('inner', 'running', 2, null)
  .close('inner', 3)
  .span('late', 'ready', 3, null)
  .end('inner', 'failed', 3, { error: 'it broke' })
  .end('outer', 'killed', 5, { earliest: 4 })
  .marker('message', 3.5, 'main', { task: 'inner', text: 'done' })
  .output(2.5, 'loop', 'a line', 'inner')
  .level(1, 'main', 'queue', 3)
  .loss(1, 2, 'main', 7)
  .frame({ now: 5 })
const samples = [whole, ...syntheticFrames({ ...million, spans: 60, lanes: 3, names: 5, failing: 0.2 })].map(encodeFrame)

type Next = () => number
const below = (next: Next, count: number) => Math.floor(next() * count)
const values = [0, 1, 0xff, 0x7f, 0x80, 0xf8]

function wrong(next: Next): Uint8Array {
  const sample = samples[below(next, samples.length)]!.slice()
  const kind = next()
  if (kind < 0.1) return Uint8Array.from({ length: below(next, 400) }, () => below(next, 256))
  if (kind < 0.2) return sample.slice(0, below(next, sample.length))
  const header = kind < 0.4 ? 140 : sample.length
  for (let i = below(next, 6); i >= 0; i--)
    sample[below(next, header)] = next() < 0.5 ? values[below(next, 6)]! : below(next, 256)
  // A whole number of eight bytes at once: NaN, infinity, what lies beyond all time.
  if (kind > 0.8) {
    const at = 140 + 8 * below(next, (sample.length - 148) / 8)
    const number = [Number.NaN, Number.POSITIVE_INFINITY, -1e30, 1e27, -5, 4.5e9][below(next, 6)]!
    new DataView(sample.buffer).setFloat64(at - (at % 8), number, true)
  }
  return sample
}

/** Everything that the page asks a run when a frame has come. */
function look(store: RunStore): void {
  laneRows(store)
  for (let task = 0; task < store.taskCount; task++) {
    const row = store.task(task)
    expect(row.ran).toBeGreaterThanOrEqual(0)
    for (const span of store.tasks.spansOf(task)) expect(store.spans.lengthOf(span, store.now)).toBeGreaterThanOrEqual(0)
  }
  const sorting = { column: 'waited', descending: true } as const
  const query = { sorting, newestFirst: false, find: 'a', outcome: null, lane: null, endWord: () => '', stateWord: () => '' }
  taskOrder(store, query)
}

test(`${cases} wrong frames are refused with a sentence, or taken`, () => {
  const seed = newSeed()
  const next = random(seed)
  let [refused, missing, taken] = [0, 0, 0]
  for (let i = 0; i < cases; i++) {
    const about = `LOOPSCOPE_SEED=${seed}, case ${i}`
    const decoded = decodeFrame(wrong(next))
    if (!decoded.ok) {
      expect(decoded.problem, about).toMatch(/^frame: .{10,300}$/)
      refused++
      continue
    }
    const store = new RunStore(1, 1)
    if (take(store, decoded.value, about)) {
      taken++
      look(store)
    } else {
      missing++
      // Nothing of it was kept.
      expect([store.strings.length, store.lanes.length, store.taskCount, store.spans.length, store.version], about).toEqual([
        0, 0, 0, 0, 0,
      ])
    }
  }
  expect(Math.min(refused, missing, taken)).toBeGreaterThan(cases / 100)
}, 600_000)

function take(store: RunStore, frame: Frame, about: string): boolean {
  try {
    store.append(frame)
    return true
  } catch (error) {
    expect(error, about).toBeInstanceOf(RangeError)
    expect((error as Error).message, about).toMatch(/are missing$|, and there are \d+ \w+$/)
    return false
  }
}
