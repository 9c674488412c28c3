import { expect, test, vi } from 'vitest'
import { encodeFrame } from '../../electron/protocol/frame'
import type { RunId } from '../../electron/protocol/messages'
import { defaultSettings } from '../../electron/protocol/settings'
import { locale } from '../../renderer/locales'
import * as state from '../../renderer/state'
import { chooseSpeed } from '../../renderer/state/actions'
import { chosen, contrastOn, shown } from '../../renderer/state/derived'
import { setParameter, textOf } from '../../renderer/state/parameters'
import { History } from '../support/frames'
import { playEngine, runInfo, twoScenarios, welcome } from '../support/page'

const history = () => new History().lane('main', 'main').task('main', 'main').span('main', 'running', 0, 1)

test('a page attaches and says whether it is seen', async () => {
  const engine = await playEngine()
  engine.show(false)
  await engine.send()
  expect(engine.sent()).toEqual([{ type: 'attach' }, { type: 'visible', visible: true }, { type: 'visible', visible: false }])
})

test('a welcome brings the catalogue; what was asked to be opened is ready to run and not run', async () => {
  const engine = await playEngine()
  const settings = { ...defaultSettings, speed: 10, parameters: { 'async-scheduling': { durations: [2, 1] } } }
  await engine.send(welcome({ open: 'async-scheduling', settings }))
  expect(chosen.value?.id).toBe('async-scheduling')
  expect(textOf('async-scheduling', twoScenarios[1]!.parameters[0]!)).toBe('2, 1')
  expect(state.speed.value).toBe(10)
  expect(engine.sent().some((command) => command.type === 'start')).toBe(false)
})

test('a scenario that is not in the catalogue is named in a notice', async () => {
  const engine = await playEngine()
  await engine.send(welcome({ open: 'no-such' }))
  expect(state.notices.value.map((notice) => notice.say())).toEqual(['There is no programme called “no-such”.'])
})

test('a frame is appended to its run and acknowledged', async () => {
  const engine = await playEngine()
  await engine.send(
    welcome(),
    { type: 'run', run: runInfo(1, 'sync-scheduling') },
    encodeFrame(history().frame({ now: 1, sequence: 7 })),
  )
  expect(state.runs.value.get(1 as RunId)?.store.taskCount).toBe(1)
  expect(engine.sent(true).at(-1)).toEqual({ type: 'ack', sequence: 7 })
})

test('a frame of a run that was forgotten is acknowledged, so that the engine goes on', async () => {
  const engine = await playEngine()
  await engine.send(welcome(), encodeFrame(history().frame({ run: 9, sequence: 3 })))
  expect(engine.sent(true).at(-1)).toEqual({ type: 'ack', sequence: 3 })
})

test('signals that follow frames rise once for many frames', async () => {
  const engine = await playEngine()
  await engine.send(welcome(), { type: 'run', run: runInfo(1, 'sync-scheduling') })
  const before = state.frames.value
  const bytes = encodeFrame(history().frame({ now: 1 }))
  await engine.send(...Array.from({ length: 50 }, () => bytes))
  await vi.waitFor(() => expect(state.frames.value).toBeGreaterThan(before))
  expect(state.frames.value - before).toBeLessThanOrEqual(2)
})

test('what cannot be read is counted and asked for anew, not for ever', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined)
  const engine = await playEngine()
  await engine.send(welcome(), { type: 'run', run: { id: 'x' } }, 'no JSON', { type: 'surprise' })
  expect(state.unreadable.value).toBe(3)
  const attached = () => engine.sent().filter((command) => command.type === 'attach').length
  await engine.send(...Array.from({ length: 10 }, () => new Uint8Array(200)))
  expect(state.unreadable.value).toBe(13)
  expect(attached()).toBe(4)
  expect(warn).toHaveBeenCalledTimes(13)
  warn.mockRestore()
})

test('a frame with a hole before it starts the history anew', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined)
  const engine = await playEngine()
  const later = history().span('main', 'waiting', 1, 2)
  await engine.send(welcome(), { type: 'run', run: runInfo(1, 'sync-scheduling') })
  await engine.send(encodeFrame(later.frame({ from: { spans: 1, lanes: 1, tasks: 1, strings: 2 }, sequence: 4 })))
  expect(engine.sent(true).some((command) => command.type === 'ack')).toBe(false)
  expect(engine.sent().at(-1)).toEqual({ type: 'attach' })
  warn.mockRestore()
})

test('after a reconnect the stores begin anew, and what was chosen and typed stays', async () => {
  const engine = await playEngine()
  const run = runInfo(1, 'sync-scheduling')
  await engine.send(welcome({ runs: [run], open: 'sync-scheduling' }))
  setParameter('sync-scheduling', 'durations', '1, ')
  chooseSpeed(5)
  await engine.send(encodeFrame(history().frame({ now: 1 })))
  engine.say({ phase: 'lost', attempt: 1, nextAttemptAt: Date.now() + 500 })
  engine.say({ phase: 'connected' })
  const settings = { ...defaultSettings, speed: 5 }
  await engine.send(welcome({ runs: [run], open: 'async-scheduling', settings }), encodeFrame(history().frame({ now: 1 })))
  expect(engine.sent().filter((command) => command.type === 'attach')).toHaveLength(2)
  expect(state.runs.value.get(1 as RunId)?.store.taskCount).toBe(1)
  expect(state.speed.value).toBe(5)
  expect(chosen.value?.id).toBe('sync-scheduling')
  expect(textOf('sync-scheduling', twoScenarios[0]!.parameters[0]!)).toBe('1, ')
})

test('a reload in mid-run brings back what was on the page: one run, or a contrast', async () => {
  const engine = await playEngine()
  await engine.send(welcome({ runs: [runInfo(1, 'async-scheduling')] }))
  expect([chosen.value?.id, contrastOn.value]).toEqual(['async-scheduling', false])

  const opened = await playEngine()
  await opened.send(welcome({ runs: [runInfo(1, 'async-scheduling')], open: 'sync-scheduling' }))
  expect(chosen.value?.id).toBe('async-scheduling')

  const again = await playEngine()
  await again.send(welcome({ runs: [runInfo(4, 'async-scheduling', { group: 2 }), runInfo(5, 'sync-scheduling', { group: 2 })] }))
  expect(contrastOn.value).toBe(true)
  expect(shown.value.map((run) => run.info.scenario)).toEqual(['sync-scheduling', 'async-scheduling'])
})

test('a source is kept with its run, with the moment of the next attempt', async () => {
  const engine = await playEngine()
  await engine.send(welcome(), { type: 'run', run: runInfo(1, 'sync-scheduling') })
  const status = {
    phase: 'unreachable',
    address: 'a:1',
    queue: 'q',
    waiting: null,
    inFlight: 0,
    finished: 0,
    failed: 0,
    recovered: 0,
    deadLetters: null,
    concurrency: 100,
    paused: false,
    refusal: null,
    warning: null,
    privateServer: 'none',
  }
  const before = Date.now()
  await engine.send({
    type: 'source',
    run: 1,
    status: { ...status, reason: { en: 'no', zh: '不行' }, attempt: 2, nextAttemptInSeconds: 4 },
  })
  const source = state.runs.value.get(1 as RunId)?.source
  expect(source?.status.attempt).toBe(2)
  expect((source?.nextAttemptAt ?? 0) - before).toBeGreaterThanOrEqual(4000)
})

test('a refusal is a notice in the language of the page, and frees the Run button', async () => {
  const engine = await playEngine()
  await engine.send(welcome())
  state.starting.value = true
  await engine.send({ type: 'refused', command: 'start', problem: { en: 'Too many threads.', zh: '线程太多。' } })
  expect(state.starting.value).toBe(false)
  expect(state.notices.value[0]?.say()).toContain('Too many threads.')
  locale.value = 'zh'
  expect(state.notices.value[0]?.say()).toBe('引擎没有照做：线程太多。')
  locale.value = 'en'
})

test('forgotten runs go, with the selection in them', async () => {
  const engine = await playEngine()
  await engine.send(welcome({ runs: [runInfo(1, 'sync-scheduling')] }))
  state.selection.value = { run: 1 as RunId, task: 0 }
  await engine.send({ type: 'forgotten', runs: [1] })
  expect(state.runs.value.size).toBe(0)
  expect(state.selection.value).toBeNull()
})
