/** Run → document → the page's run → document: the same, from runs that really ran, made-up ones, and those of older versions. */
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import type { RunDocument } from '#protocol/document'
import type { Parameters } from '#protocol/parameters'
import { ends, envelopeKinds, laneKinds, markerKinds, settlements, states } from '#protocol/vocabulary'
import { toDocument } from '../../electron/engine/document'
import { runDocument } from '../../renderer/exporters/runDocument'
import { importRun } from '../../renderer/importers/runDocument'
import { laneRows } from '../../renderer/model/laneLayout'
import { RunStore } from '../../renderer/model/runStore'
import { History } from '../support/frames'
import { bench } from '../support/runs'

const programmes = bench()
afterAll(() => programmes.close())

const again = (document: RunDocument): RunDocument => {
  const { info, store } = importRun(document)
  return runDocument(info, store)
}

const info = {
  scenario: 'made',
  parameters: { sleeps: [1, 2] },
  speed: 1,
  idealSeconds: 3,
  totalSeconds: 10,
  measured: { clockErrorSeconds: 1e-7, markCostSeconds: 2e-7 },
  synthetic: null,
}
const documentOf = (history: History, dropped = 0) => {
  const store = new RunStore(1, 1)
  store.append(history.frame({ now: 10, dropped }))
  return runDocument(info, store)
}

describe('a document that is read again', () => {
  it.each<[string, Parameters]>([
    ['daemon-threads', {}],
    ['nested-coroutines', {}],
    ['done-callback', {}],
  ])('is the same: %s', async (scenario, parameters) => {
    const run = programmes.start(scenario, parameters, 100)
    await run.over
    const document = toDocument(run)
    expect(document.spans.length).toBeGreaterThan(2)
    expect(again(document)).toEqual(document)
  })

  const time = fc.integer({ min: 0, max: 1e12 }).map((nanos) => nanos / 1e6)
  const name = fc.constantFrom('a', 'b', '', 'name with “letters” 名', 'turned \u202e\nround\u0000', 'n'.repeat(1000))
  const history = fc.array(fc.tuple(fc.nat(4), fc.nat(9), fc.nat(5), time, time, name), { maxLength: 40 }).map((rows) => {
    const made = new History()
    for (const [i, kind] of laneKinds.entries()) made.lane(`lane ${i}`, kind)
    rows.forEach(([end, kind, state, a, b, word], index) => {
      const task = `${word} ${index}`
      const lane = `lane ${(index * 3 + state) % laneKinds.length}`
      made.task(task, lane, index > 0 && kind > 6 ? { parent: `${rows[index - 1]![5]} ${index - 1}` } : {})
      const [from, to] = [Math.min(a, b), Math.max(a, b)]
      made.span(task, states[state]!, from, to, word)
      if (kind > 3) made.span(task, 'running', to, to + 1)
      const last = kind > 3 ? to + 1 : to
      const how = ends[end]!
      const more = { ...(how === 'killed' && { earliest: from }), ...(how === 'failed' && { error: word }) }
      made.end(task, how, how === 'pending' ? null : last, more)
      made.marker(markerKinds[kind]!, to, lane, { text: word, ...(state > 2 && { task }) })
      if (state > 1) made.claim(task, from, kind > 5 ? -to : null, envelopeKinds[state % envelopeKinds.length])
      if (state > 3) made.settle(task, to, last, settlements[kind % settlements.length])
      made.output(from, lane, word).loss(from, to, lane, kind + 1)
    })
    return made
  })
  it('is the same, whatever it holds', () => {
    fc.assert(
      fc.property(history, fc.nat(100), (made, dropped) => {
        const document = documentOf(made, dropped)
        expect(again(document)).toEqual(document)
      }),
      { numRuns: 60 },
    )
  })

  it('has every text as it came, however it is shown', () => {
    const odd = `turned \u202e\nround\u0000${'n'.repeat(1000)}`
    const made = new History().lane(odd, 'main').task(odd, odd).span(odd, 'waiting', 0, 1, odd)
    const document = again(documentOf(made.end(odd, 'failed', 1, { error: odd }).marker('note', 1, odd, { text: odd })))
    const [task, span] = [document.tasks[0]!, document.spans[0]!]
    expect([task.name, task.lane, task.error, span.label]).toEqual([odd, odd, odd, odd])
    expect([document.markers[0]!.name, document.lanes![0]!.name]).toEqual([`note ${odd}`, odd])
  })

  it('keeps the times of a run that was played faster', () => {
    const made = new History()
      .lane('main', 'main')
      .task('main', 'main')
      .span('main', 'sleeping', 0.1, 3.3)
      .end('main', 'finished', 3.3)
    const document = { ...documentOf(made), speed: 7, synthetic: { seed: 3 } }
    expect(again(document)).toEqual(document)
  })
})

describe('a document of an older version', () => {
  const made = new History().lane('main', 'main').lane('loop', 'loop').lane('thread-1', 'thread')
  for (const [task, lane] of [
    ['main', 'main'],
    ['one', 'loop'],
    ['two', 'loop'],
    ['work', 'thread-1'],
  ] as const)
    made.task(task, lane).span(task, 'running', 1, 2).end(task, 'finished', 2)
  const { lanes, ...rest } = documentOf(made.output(1, 'main', 'said'))
  const older: RunDocument = {
    ...rest,
    tasks: rest.tasks.map(({ laneIndex, ...task }) => task),
    spans: rest.spans.map(({ taskIndex, ...span }) => span),
  }

  it('has the lanes that its tasks name, and those with several tasks are loops', () => {
    const { store } = importRun(older)
    expect(store.lanes.map(({ name, kind }) => ({ name, kind }))).toEqual(lanes)
    expect(laneRows(store).map((row) => row.name)).toEqual(['main', 'one', 'two', 'thread-1'])
  })
  it('has its spans and ends', () => expect(again(older)).toEqual({ ...rest, lanes }))
})

describe('what cannot be drawn is refused', () => {
  const document = documentOf(new History().lane('main', 'main').task('main', 'main').span('main', 'running', 0, 1))
  it('a marker of an unknown kind', () => {
    const markers = [{ name: 'landing on Mars', seconds: 1 }]
    expect(() => importRun({ ...document, markers })).toThrow('“landing” is no kind of marker')
  })
  it('a span without a task', () => {
    const spans = [{ ...document.spans[0]!, task: 'nobody', taskIndex: undefined }]
    expect(() => importRun({ ...document, spans })).toThrow('there is no task “nobody” on “main”')
  })
})
