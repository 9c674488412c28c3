/** What the page saves is what the command line prints, from runs that really ran and came over the wire. */
import { afterAll, describe, expect, it } from 'vitest'
import { decodeFrame } from '#protocol/frame'
import type { Parameters } from '#protocol/parameters'
import { toDocument } from '../../electron/engine/document'
import { Publisher } from '../../electron/engine/publisher'
import type { Run } from '../../electron/engine/run'
import { exporters } from '../../renderer/exporters'
import { runDocument } from '../../renderer/exporters/runDocument'
import { RunStore } from '../../renderer/model/runStore'
import { bench } from '../support/runs'
import { until } from '../support/until'

const programmes = bench()
afterAll(() => programmes.close())

function received(run: Run): RunStore {
  const store = new RunStore(run.id, run.request.speed)
  const publisher = new Publisher((bytes) => {
    const frame = decodeFrame(bytes)
    if (!frame.ok) throw new Error(frame.problem)
    store.append(frame.value)
    publisher.acknowledge(frame.value.sequence)
  })
  publisher.publish([run], 0)
  return store
}

/** `stopAt`: programme seconds; else it runs to its end. */
async function over(scenario: string, parameters: Parameters, stopAt?: number): Promise<Run> {
  const run = programmes.start(scenario, parameters, 50)
  if (stopAt !== undefined) {
    const reached = () => {
      run.drain()
      return run.now() > stopAt * 2e7
    }
    await until(reached, `${stopAt} s of ${scenario}`)
    await run.stop()
  }
  await run.over
  return run
}

describe('the document of the page', () => {
  it.each<[string, Parameters, number?]>([
    ['threads', {}],
    ['daemon-threads', {}],
    ['sync-scheduling', {}],
    ['task-states', {}],
    ['gather', {}],
    ['stop-too-early', {}],
    ['done-callback', {}],
    ['run-forever', {}, 5],
    ['join', { threads: 3 }, 5],
  ])('is that of the engine: %s', async (scenario, parameters, seconds) => {
    const run = await over(scenario, parameters, seconds)
    const ours = runDocument(run.info(), received(run))
    expect(ours.spans.length).toBeGreaterThan(2)
    expect(ours).toEqual(toDocument(run))
  })

  it('is whole when the store has as many rows as the engine says', async () => {
    const run = await over('gather', {})
    const { spans, markers, outputs } = received(run)
    expect(spans.length + markers.length + outputs.length).toBe(run.info().measured.rows)
  })
})

describe('the exporters', () => {
  it('have one file ending each', () => expect(exporters.map(({ id }) => id)).toEqual(['csv', 'json']))

  it('save the document byte for byte as the command line prints it', async () => {
    const run = await over('sync-scheduling', {})
    const json = exporters.find(({ id }) => id === 'json')!
    const written = [...json.write(runDocument(run.info(), received(run)))].join('')
    expect(written).toBe(`${JSON.stringify(toDocument(run), null, 2)}\n`)
  })
})
