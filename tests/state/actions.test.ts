import { expect, test } from 'vitest'
import type { ScenarioInfo } from '#protocol/catalogue'
import { defaultSettings } from '#protocol/settings'
import * as state from '../../renderer/state'
import {
  changeAddress,
  choose,
  chooseAndRun,
  keepParameter,
  pushValues,
  resetParameters,
  run,
  runOrStop,
  showLegend,
  toggleContrast,
} from '../../renderer/state/actions'
import { contrastOn, shown, sidebarOpen, whyNoRun } from '../../renderer/state/derived'
import { fieldsOf, setParameter } from '../../renderer/state/parameters'
import { arrived, type PlayedEngine, playEngine, runInfo, scenario, sourceStatus, twoScenarios, welcome } from '../support/page'

const starts = (engine: PlayedEngine) => engine.sent().filter((command) => command.type === 'start')

test('Run says why it cannot be pressed, and can when nothing is wrong', async () => {
  const engine = await playEngine()
  await engine.send(welcome())
  expect(whyNoRun.value).toBe('Pick a programme first.')
  choose('sync-scheduling')
  expect(whyNoRun.value).toBeNull()
  setParameter('sync-scheduling', 'durations', '6, x')
  expect(whyNoRun.value).toBe('Not ready to run: check durations.')
  expect(fieldsOf(twoScenarios[0]!)[0]?.problem?.en).toContain('“6, x” is not a list')
  run()
  expect(starts(engine)).toEqual([])
  engine.say({ phase: 'lost', attempt: 1, nextAttemptAt: 0 })
  expect(whyNoRun.value).toBe('The engine is not connected.')
})

test('how many tasks at once holds for the run that goes on, too, and leaves it paused', async () => {
  const engine = await playEngine()
  const queue = scenario('redis-queue', {
    source: 'redis',
    parameters: [
      { name: 'concurrency', kind: 'integer', default: 100, min: 1, max: 10_000 },
      { name: 'queue', kind: 'text', default: 'queue', maxLength: 200 },
    ],
  })
  const status = sourceStatus({ phase: 'paused', paused: true, concurrency: 100 })
  await engine.send(welcome({ catalogue: [queue] }))
  choose('redis-queue')
  const limits = () => engine.sent().filter(({ type }) => type === 'limit')
  const leave = (text: string) => {
    setParameter('redis-queue', 'concurrency', text)
    keepParameter(queue, queue.parameters[0]!)
  }
  leave('7')
  await engine.send({ type: 'run', run: runInfo(1, 'redis-queue') }, { type: 'source', run: 1, status })
  keepParameter(queue, queue.parameters[1]!)
  await arrived()
  expect(limits(), 'another field was left').toEqual([])
  leave('0')
  leave('3')
  await arrived()
  expect(limits()).toEqual([{ type: 'limit', run: 1, concurrency: 3, paused: true }])
  await engine.send({ type: 'source', run: 1, status: { ...status, concurrency: 3 } })
  leave('3')
  resetParameters(queue)
  await arrived()
  expect(limits().slice(1)).toEqual([{ type: 'limit', run: 1, concurrency: 100, paused: true }])
})

test('Run sends what stands in the fields, once, and forgets the run that it replaces', async () => {
  const engine = await playEngine()
  await engine.send(welcome())
  choose('sync-scheduling')
  setParameter('sync-scheduling', 'durations', '[2,1]')
  state.speed.value = 20
  run()
  run()
  await engine.send({ type: 'run', run: runInfo(1, 'sync-scheduling', { phase: 'finished' }) })
  const start = { type: 'start', scenarios: [{ scenario: 'sync-scheduling', parameters: { durations: [2, 1] } }], speed: 20 }
  expect(starts(engine)).toEqual([start])
  run()
  await engine.send()
  expect(engine.sent().slice(-2)).toEqual([start, { type: 'forget', runs: [1] }])
})

test('the space bar stops what runs', async () => {
  const engine = await playEngine()
  await engine.send(welcome({ runs: [runInfo(3, 'sync-scheduling')] }))
  runOrStop()
  await engine.send()
  expect(engine.sent().at(-1)).toEqual({ type: 'stop', runs: [3] })
})

test('another address needs another run: this one is stopped, and the page knows why', async () => {
  const engine = await playEngine()
  const info = runInfo(3, 'redis-queue')
  await engine.send(welcome({ runs: [info] }))
  changeAddress({ ...state.runs.value.get(info.id)! })
  await engine.send()
  expect(engine.sent().at(-1)).toEqual({ type: 'stop', runs: [3] })
  expect(state.readdressed.value).toBe(3)
})

test('Contrast runs all of its programmes with one click, with the values of the chosen one', async () => {
  const engine = await playEngine()
  await engine.send(welcome())
  choose('async-scheduling')
  setParameter('async-scheduling', 'durations', '4')
  toggleContrast()
  await engine.send()
  expect(starts(engine)[0]).toMatchObject({
    scenarios: [
      { scenario: 'sync-scheduling', parameters: { durations: [4] } },
      { scenario: 'async-scheduling', parameters: { durations: [4] } },
    ],
  })
  const kept = engine.sent().filter((command) => command.type === 'settings')
  expect(kept).toEqual([{ type: 'settings', change: { parameters: { 'async-scheduling': { durations: [4] } } } }])
})

test('in a contrast, what only the counterpart has is as it was set last', async () => {
  const engine = await playEngine()
  const [sync, async] = twoScenarios as [ScenarioInfo, ScenarioInfo]
  const timeout = { name: 'timeout', kind: 'seconds', default: 0, min: 0, max: 86_400 } as const
  const parameters = { 'async-scheduling': { durations: [9], timeout: 2 } }
  await engine.send(
    welcome({
      catalogue: [sync, { ...async, parameters: [...async.parameters, timeout] }],
      settings: { ...defaultSettings, parameters },
    }),
  )
  choose('sync-scheduling')
  toggleContrast()
  await engine.send()
  expect(starts(engine)[0]).toMatchObject({
    scenarios: [
      { scenario: 'sync-scheduling', parameters: { durations: [6, 3] } },
      { scenario: 'async-scheduling', parameters: { durations: [6, 3], timeout: 2 } },
    ],
  })
  expect(state.lastValues.value).toEqual(parameters)
})

test('a member of a contrast is shown alone when it is chosen from the list', async () => {
  const engine = await playEngine()
  await engine.send(
    welcome({ runs: [runInfo(1, 'sync-scheduling', { group: 1 }), runInfo(2, 'async-scheduling', { group: 1 })] }),
  )
  expect(shown.value).toHaveLength(2)
  choose('async-scheduling')
  expect(contrastOn.value).toBe(false)
  expect(shown.value.map((one) => one.info.id)).toEqual([2])
})

test('a contrast is forgotten as a whole, and never while it runs', async () => {
  const engine = await playEngine()
  const over = { phase: 'finished', group: 1 } as const
  await engine.send(welcome({ runs: [runInfo(1, 'sync-scheduling', over), runInfo(2, 'async-scheduling', over)] }))
  choose('async-scheduling')
  run()
  await engine.send({ type: 'run', run: runInfo(3, 'async-scheduling') }, { type: 'forgotten', runs: [1, 2] })
  expect(engine.sent().at(-1)).toEqual({ type: 'forget', runs: [1, 2] })
  choose('sync-scheduling')
  toggleContrast()
  await engine.send()
  expect(engine.sent().at(-1)?.type).toBe('start')
})

test('a start from the first page chooses and runs at once', async () => {
  const engine = await playEngine()
  await engine.send(welcome())
  chooseAndRun('sync-scheduling', true)
  await engine.send()
  expect(starts(engine)[0]?.type === 'start' && starts(engine)).toHaveLength(1)
  expect(contrastOn.value).toBe(true)
})

test('the sidebar gives way to a contrast below 1440 px and closes after a choice where it lies over the chart', async () => {
  const engine = await playEngine()
  await engine.send(
    welcome({ runs: [runInfo(1, 'sync-scheduling', { group: 1 }), runInfo(2, 'async-scheduling', { group: 1 })] }),
  )
  expect(sidebarOpen.value).toBe(true)
  state.viewport.value = { width: 1280, height: 720 }
  expect(sidebarOpen.value).toBe(false)
  choose('sync-scheduling')
  expect(sidebarOpen.value).toBe(true)
  state.viewport.value = { width: 960, height: 600 }
  expect(sidebarOpen.value).toBe(false)
  state.sidebarChoice.value = true
  showLegend()
  expect(sidebarOpen.value).toBe(false)
})

test('values to push stand between spaces or commas', () => {
  expect(pushValues(' 5 3,1\tabc ')).toEqual(['5', '3', '1', 'abc'])
  expect(pushValues('  ')).toEqual([])
})
