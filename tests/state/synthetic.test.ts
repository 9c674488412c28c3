import { expect, test } from 'vitest'
import { encodeFrame } from '../../electron/protocol/frame'
import type { RunId } from '../../electron/protocol/messages'
import * as state from '../../renderer/state'
import { sentenceOf } from '../../renderer/state/sentence'
import { cancelSynthetic, comingOf, syntheticText } from '../../renderer/state/synthetic'
import { History } from '../support/frames'
import { playEngine, runInfo, welcome } from '../support/page'

const id = 1 as RunId
const history = () => new History().lane('main', 'main').task('a', 'main').span('a', 'running', 0, 1).span('a', 'sleeping', 1, 2)
const made = { seed: 7, spans: 4 }
const rows = (count: number) => ({ ...runInfo(1, 'any').measured, rows: count })
const view = () => state.runs.value.get(id)!

test('says how many spans of a synthetic run have come while it is made', async () => {
  const engine = await playEngine()
  await engine.send(welcome({ runs: [runInfo(1, 'synthetic', { synthetic: made })] }), encodeFrame(history().frame({})))
  expect(comingOf(view())).toEqual({ come: 2, all: 4, made: true })
  expect(syntheticText(view())).toBe('synthetic: made up from seed 7, not measured')
  await engine.send({ type: 'run', run: runInfo(1, 'synthetic', { synthetic: made, phase: 'stopped', measured: rows(2) }) })
  expect(comingOf(view())).toBeNull()
  expect(sentenceOf(view()).text).toContain('made up from seed 7, not measured')
})

test('says how much of any long run has come that is over, and nothing of a short one or of one that goes on', async () => {
  const engine = await playEngine()
  const over = (count: number) => runInfo(1, 'join', { phase: 'finished', measured: rows(count) })
  await engine.send(welcome({ runs: [over(1_000_000)] }), encodeFrame(history().frame({})))
  expect(comingOf(view())).toEqual({ come: 2, all: 1_000_000, made: false })
  await engine.send({ type: 'run', run: over(1000) })
  expect(comingOf(view())).toBeNull()
  await engine.send({ type: 'run', run: { ...over(1_000_000), phase: 'running' } })
  expect(comingOf(view())).toBeNull()
  expect(syntheticText(view())).toBeNull()
})

test('a cancelled synthetic run is stopped and forgotten', async () => {
  const engine = await playEngine()
  await engine.send(welcome({ runs: [runInfo(1, 'synthetic', { synthetic: made })] }))
  cancelSynthetic(view())
  await engine.send()
  expect(engine.sent().slice(-2)).toEqual([
    { type: 'stop', runs: [1] },
    { type: 'forget', runs: [1] },
  ])
})
