import { afterEach, describe, expect, it } from 'vitest'
import { decodeFrame } from '#protocol/frame'
import type { EngineEvent, RunId, RunInfo } from '#protocol/messages'
import type { Parameters } from '#protocol/parameters'
import { RunStore } from '../../renderer/model/runStore'
import { comingOf } from '../../renderer/state/synthetic'
import { type EnginePage, engineWithPage } from '../support/enginePage'
import { until } from '../support/until'

let page: EnginePage
afterEach(() => page.engine.close())

const opened = () => {
  page = engineWithPage({ dataDir: 'node_modules/.cache/tests/data' })
  return page
}
const started = (parameters: Parameters) =>
  page.send({ type: 'start', scenarios: [{ scenario: 'synthetic', parameters }], speed: 1 })
const of = <K extends EngineEvent['type']>(type: K) =>
  page.events.filter((event): event is Extract<EngineEvent, { type: K }> => event.type === type)
const info = (id?: RunId): RunInfo | undefined =>
  of('run')
    .map(({ run }) => run)
    .filter((run) => id === undefined || run.id === id)
    .at(-1)

/** What a page would have of it. */
function storeOf({ id }: RunInfo): RunStore {
  const store = new RunStore(id, 1)
  for (const bytes of page.frames) {
    const frame = decodeFrame(bytes)
    if (frame.ok && frame.value.run === id) store.append(frame.value)
  }
  return store
}

describe('a synthetic run in the engine', () => {
  it('comes to the page as any run does, whole, and says what it is', async () => {
    opened()
    started({ spans: 30_000, lanes: 9, seed: 5 })
    await until(() => info()?.phase === 'finished', 'its end')
    const run = info()!
    expect(run).toMatchObject({ scenario: 'synthetic', synthetic: { seed: 5, spans: 30_000 }, idealSeconds: null })
    await until(() => comingOf({ info: run, store: storeOf(run), source: null }) === null, 'all of it')
    const store = storeOf(run)
    expect([store.spans.length, store.lanes.length]).toEqual([30_000, 9])
    expect(store.now).toBe(run.totalSeconds)
    // No frame holds more than a page takes between two of its own.
    for (const bytes of page.frames) expect(bytes.length).toBeLessThan(1e6)
  })

  it('is let go of while it is made: nothing more comes of it', async () => {
    opened()
    started({ spans: 5_000_000 })
    await until(() => page.frames.length > 3, 'frames')
    const { id } = info()!
    page.send({ type: 'stop', runs: [id] })
    page.send({ type: 'forget', runs: [id] })
    await until(() => of('forgotten').length > 0, 'the news')
    expect(of('refused')).toEqual([])
    expect(of('forgotten')[0]!.runs).toEqual([id])
    expect(info(id)!.phase).toBe('stopped')
    expect(info(id)!.measured.rows).toBeLessThan(5_000_000)
    const came = page.frames.length
    // Another one is made at once: the first is not in its way, and has sent nothing since.
    started({ spans: 100 })
    await until(() => info()?.phase === 'finished', 'the end of the second')
    const runs = page.frames.slice(came).map((bytes) => new DataView(bytes.buffer, bytes.byteOffset).getUint32(8, true))
    expect(runs).not.toContain(id)
  })

  it('goes on in real time where it is live, at some 10,000 spans a second, until it is stopped', async () => {
    opened()
    started({ spans: 1000, live: 'yes' })
    await until(() => page.frames.length > 0 && storeOf(info()!).spans.length > 2000, 'a thousand more')
    expect(info()!.phase).toBe('running')
    page.send({ type: 'stop', runs: [info()!.id] })
    await until(() => info()!.phase === 'stopped', 'its stop')
    const run = info()!
    await until(() => comingOf({ info: run, store: storeOf(run), source: null }) === null, 'all of it')
    const { spans, tasks } = storeOf(run)
    for (let span = 0; span < spans.length; span++) expect(spans.isOpen(span)).toBe(false)
    expect(tasks.length).toBeGreaterThan(0)
  })

  it.each([
    [{ spans: 0 }, 'synthetic, spans: “0” is not a whole number from 1 to 5,000,000.'],
    [{ spans: 5_000_001 }, 'synthetic, spans: “5000001” is not a whole number from 1 to 5,000,000.'],
    [{ lanes: 0.5 }, 'synthetic, lanes: “0.5” is not a whole number from 1 to 10,000.'],
    [{ seed: -1 }, 'synthetic, seed: “-1” is not a whole number from 0 to 4,294,967,295.'],
    [{ live: 'perhaps' }, expect.stringContaining('live: “"perhaps"” is not')],
    [{ span: 3 }, 'synthetic has no parameter “span”; it has spans, lanes, seed, live.'],
  ])('refuses %j with one sentence', async (parameters, problem) => {
    opened()
    started(parameters as Parameters)
    await until(() => of('refused').length > 0, 'the refusal')
    expect(of('refused')[0]!.problem.en).toEqual(problem)
  })

  it('is made alone, and one at a time', async () => {
    opened()
    started({ spans: 5_000_000 })
    started({})
    page.send({ type: 'start', scenarios: ['join', 'synthetic'].map((scenario) => ({ scenario, parameters: {} })), speed: 1 })
    await until(() => of('refused').length > 1, 'the refusals')
    expect(of('refused').map(({ problem }) => problem.en)).toEqual([
      'One synthetic run is being made already: stop it first.',
      'A synthetic run is started alone.',
    ])
  })
})
