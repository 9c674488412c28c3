import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RunDocument } from '#protocol/document'
import { markerCode } from '#protocol/vocabulary'
import { readProgrammes } from '../../electron/engine/catalogue'
import { scenarioFiles } from '../../electron/scenarios/index'
import { exactRun } from '../support/exact'
import { type Bench, bench, lines, statesOf, taskNamed } from '../support/runs'

let engine: Bench
beforeAll(() => {
  engine = bench()
})
afterAll(() => engine.close())

const workers = new URL('../../node_modules/.cache/workers', import.meta.url).pathname
const others = (document: RunDocument) => document.tasks.filter((task) => task.name !== 'main')

describe('the thread programmes', () => {
  it('threads: main ends at once, the threads finish', async () => {
    const document = await exactRun(engine, 'threads', {}, 10, 2)
    expect(document.mainEndSeconds).toBeLessThan(1)
    expect(others(document).map((task) => task.end)).toEqual(Array(5).fill('finished'))
    expect(document.output).toHaveLength(5)
  })

  it('daemon-threads: all five are killed with main, none finishes', async () => {
    const document = await engine.run('daemon-threads', {}, 10)
    expect(others(document).map((task) => task.end)).toEqual(Array(5).fill('killed'))
    expect(lines(document)).toEqual([])
    for (const task of others(document)) {
      expect(task.finishSeconds).toBeGreaterThanOrEqual(document.mainEndSeconds!)
      expect(task.finishSeconds).toBeLessThan(2)
    }
  })

  it('join: a staircase in order, main waits', async () => {
    const document = await exactRun(engine, 'join', {}, 10, 10)
    const threads = others(document)
    expect(threads.map((task) => task.name)).toEqual(['thread-1', 'thread-2', 'thread-3', 'thread-4', 'thread-5'])
    for (let i = 1; i < 5; i++) expect(threads[i]!.startSeconds!).toBeGreaterThanOrEqual(threads[i - 1]!.finishSeconds!)
    expect(new Set(statesOf(document, 'main'))).toEqual(new Set(['ready', 'running', 'waiting']))
    expect(document.markers.filter((marker) => marker.name.startsWith('join'))).toHaveLength(5)
  })

  it('start-all-join-all: the same joins, all at once', async () => {
    const document = await exactRun(engine, 'start-all-join-all', {}, 10, 2)
    const [first, ...rest] = others(document)
    for (const task of rest) expect(task.startSeconds!).toBeLessThan(first!.finishSeconds!)
  })

  it('take their parameters', async () => {
    const document = await exactRun(engine, 'join', { threads: 2, sleeps: [1, 0.5, 0.5] }, 10, 6)
    expect(document.idealSeconds).toBe(4)
    expect(others(document)).toHaveLength(2)
  })
})

describe('the scheduling programmes', () => {
  it('sync-scheduling: the second is ready at once and runs when the first has ended', async () => {
    const document = await exactRun(engine, 'sync-scheduling', {}, 10, 2)
    const [first, second] = [taskNamed(document, 'first'), taskNamed(document, 'second')]
    expect(second.readySeconds).toBeLessThan(1)
    expect(second.startSeconds!).toBeGreaterThanOrEqual(first.finishSeconds!)
    expect(first.finishSeconds).toBeGreaterThanOrEqual(6)
    expect(statesOf(document, 'second')).toEqual(['ready', 'running', 'sleeping', 'running'])
    expect(lines(document)).toEqual(['first is done', 'second is done'])
  })

  it('async-scheduling: both start at once, the shorter ends first', async () => {
    const document = await exactRun(engine, 'async-scheduling', {}, 10, 1)
    const [first, second] = [taskNamed(document, 'first'), taskNamed(document, 'second')]
    expect(second.startSeconds).toBeLessThan(1)
    expect(second.finishSeconds).toBeGreaterThanOrEqual(3)
    expect(second.finishSeconds!).toBeLessThan(first.finishSeconds!)
    expect(statesOf(document, 'first')).toContain('suspended')
    expect(lines(document)).toEqual(['second is done', 'first is done'])
  })

  it('both: main waits on the queue and notes each message after its task', async () => {
    const document = await engine.run('async-scheduling', { durations: [0.2, 0.1] })
    for (const name of ['first', 'second']) {
      const noted = document.markers.find((marker) => marker.name === `message ${name}`)!.seconds
      const put = document.spans.filter((span) => span.task === name && span.state === 'running').at(-1)!.startSeconds
      expect(noted).toBeGreaterThanOrEqual(put)
    }
    expect(statesOf(document, 'main')).toContain('waiting')
    expect(document.mainEndSeconds).not.toBeNull()
  })
})

it.each(['sync-scheduling', 'async-scheduling'])('%s: a message tells which task sent it', async (id) => {
  const run = engine.start(id, { durations: [0.02, 0.01] })
  await run.over
  const { history } = run
  const messages = Array.from({ length: history.markers.length }, (_, i) => i).filter(
    (i) => history.markers.get('kind', i) === markerCode.message,
  )
  const sent = messages.map((i) => history.strings[history.tasks.get('name', history.markers.get('task', i))])
  expect(sent).toEqual(messages.map((i) => history.strings[history.markers.get('text', i)]))
  expect(sent.sort()).toEqual(['first', 'second'])
})

describe('every scenario', () => {
  const catalogue = readProgrammes(workers)

  it.each(catalogue.map((info) => [info.id, info] as const))('%s shows the very text that runs', (id, info) => {
    const { file } = scenarioFiles.find(({ scenario }) => scenario.id === id)!
    const map: { sources: string[]; sourcesContent: string[] } = JSON.parse(readFileSync(`${workers}/nested.cjs.map`, 'utf8'))
    const index = map.sources.findIndex((source) => source.endsWith(`scenarios/${file}.ts`))
    expect(info.typescript.length).toBeGreaterThan(50)
    expect(map.sourcesContent[index]).toContain(info.typescript)
    expect(info.typescript).toContain('export function main(')
    expect(info.typescript).not.toContain('defineScenario')
  })

  it.each(catalogue.map((info) => [info.id, info] as const))('%s has what the page needs', (id, info) => {
    expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/)
    expect(info.lookFor.en.length).toBeGreaterThan(40)
    for (const text of [info.title, info.menu, info.lookFor, info.contrastNote, info.reported]) {
      expect(text?.en ?? '').not.toMatch(/\p{Script=Han}/u)
      expect(text?.zh ?? '').not.toMatch(/\d (s|ms)\b/)
    }
    expect(info.contrast.every((other) => catalogue.some(({ id: known }) => known === other))).toBe(true)
    if (info.contrast.length > 0) expect(info.contrast).toContain(id)
  })
})
