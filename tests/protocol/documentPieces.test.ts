import fc from 'fast-check'
import { expect, it } from 'vitest'
import { documentPieces } from '#protocol/documentPieces'
import { makeDocument, openDocument, type RunFacts } from '#protocol/makeDocument'
import { ends, states } from '#protocol/vocabulary'
import { runInfo } from '../support/page'

const seconds = fc.double({ min: 0, max: 1e6, noNaN: true })
const facts = fc
  .array(fc.record({ name: fc.string(), lane: fc.string(), end: fc.constantFrom(...ends, null), finish: seconds }), {
    minLength: 1,
    maxLength: 6,
  })
  .chain((tasks) =>
    fc.record({
      info: fc.constantFrom(null, { seed: 7, spans: 3 }).map((synthetic) => runInfo(1, 'join', { synthetic })),
      totalSeconds: seconds,
      mainEnd: fc.option(seconds),
      droppedMarks: fc.nat(),
      tasks: fc.constant(tasks),
      spans: fc.array(
        fc.record({ task: fc.nat(tasks.length - 1), state: fc.constantFrom(...states), start: seconds, end: seconds }),
      ),
      markers: fc.array(fc.record({ kind: fc.constant('note' as const), text: fc.string(), seconds })),
      output: fc.array(fc.record({ lane: fc.string(), text: fc.string({ unit: 'binary' }), seconds })),
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
  const none = { totalSeconds: 0, mainEnd: null, droppedMarks: 0, tasks: [], spans: [], markers: [], output: [] }
  expect(makeDocument({ ...none, info: runInfo(1, 'synthetic', { synthetic: { seed: 7, spans: 3 } }) }).synthetic).toEqual({
    seed: 7,
  })
  expect(makeDocument({ ...none, info: runInfo(1, 'join') })).not.toHaveProperty('synthetic')
})
