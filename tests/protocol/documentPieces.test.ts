import fc from 'fast-check'
import { expect, it } from 'vitest'
import { documentPieces } from '#protocol/documentPieces'
import { makeDocument, openDocument, type RunFacts } from '#protocol/makeDocument'
import { ends, envelopeKinds, settlements, states } from '#protocol/vocabulary'
import { runInfo } from '../support/page'

const seconds = fc.double({ min: 0, max: 1e6, noNaN: true })
const known = fc.oneof(seconds, fc.constant(Number.NaN))
const journey = fc.record({
  envelope: fc.constantFrom(...envelopeKinds),
  pushed: known,
  claimed: seconds,
  sent: known,
  settled: known,
  how: fc.option(fc.constantFrom(...settlements)),
})
const facts = fc
  .array(
    fc.record({
      name: fc.string(),
      lane: fc.nat(1),
      parent: fc.option(fc.nat()),
      end: fc.constantFrom(...ends, null),
      finish: seconds,
      earliest: seconds,
      error: fc.string(),
      journey: fc.option(journey),
    }),
    {
      minLength: 1,
      maxLength: 6,
    },
  )
  .chain((tasks) =>
    fc.record({
      info: fc.constantFrom(null, { seed: 7, spans: 3 }).map((synthetic) => runInfo(1, 'join', { synthetic })),
      totalSeconds: seconds,
      mainEnd: fc.option(seconds),
      droppedMarks: fc.nat(),
      lanes: fc.constant([{ name: 'main', kind: 'main' as const }]),
      tasks: fc.constant(tasks),
      spans: fc.array(
        fc.record({
          task: fc.nat(tasks.length - 1),
          state: fc.constantFrom(...states),
          start: seconds,
          end: seconds,
          label: fc.string(),
        }),
      ),
      markers: fc.array(
        fc.record({ kind: fc.constant('note' as const), text: fc.string(), seconds, lane: fc.nat(1), task: fc.option(fc.nat()) }),
      ),
      output: fc.array(fc.record({ lane: fc.nat(1), text: fc.string({ unit: 'binary' }), seconds })),
      losses: fc.array(fc.record({ lane: fc.nat(1), from: seconds, until: seconds, count: fc.nat() })),
    }),
  )

it('in pieces is what it is in one, to the last space', () => {
  fc.assert(
    fc.property(facts, (one: RunFacts) => {
      expect([...documentPieces(openDocument(one))].join('')).toBe(`${JSON.stringify(makeDocument(one), null, 2)}\n`)
    }),
    { numRuns: 30 },
  )
})

it('says that it was made up where it was, and nothing of it where it was not', () => {
  const lists = { lanes: [], tasks: [], spans: [], markers: [], output: [], losses: [] }
  const none = { totalSeconds: 0, mainEnd: null, droppedMarks: 0, ...lists }
  expect(makeDocument({ ...none, info: runInfo(1, 'synthetic', { synthetic: { seed: 7, spans: 3 } }) }).synthetic).toEqual({
    seed: 7,
  })
  expect(makeDocument({ ...none, info: runInfo(1, 'join') })).not.toHaveProperty('synthetic')
})
