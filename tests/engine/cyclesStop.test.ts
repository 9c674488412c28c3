/** A stop at any moment of any programme. */
import { readdirSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { StartRequest } from '#protocol/messages'
import { scenarioFiles } from '../../electron/scenarios/index'
import { childrenOf } from '../bench/support/processes'
import { bench } from '../support/runs'
import { newSeed } from '../support/seed'
import { pause, until } from '../support/until'

const numRuns = process.env['LOOPSCOPE_LONG'] ? 500 : 30
const threadsCounted = process.platform === 'linux'
const threads = () => (threadsCounted ? readdirSync('/proc/self/task').length : 0)
const children = () => (threadsCounted ? childrenOf(process.pid).length : 0)

/** No Redis answers on port 1. */
const noRedis = { url: 'redis://127.0.0.1:1' }
const defaults = scenarioFiles.map<StartRequest>(({ scenario: { id, source } }) => ({
  scenario: id,
  parameters: source === null ? {} : noRedis,
}))
const large = ['threads', 'daemon-threads', 'join', 'start-all-join-all'].map<StartRequest>((scenario) => ({
  scenario,
  parameters: { threads: 64, sleeps: [1] },
}))
const anyStop = fc.record({
  requests: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...defaults).map((one) => [one]) },
    { weight: 2, arbitrary: fc.constantFrom(...large).map((one) => [one]) },
    { weight: 1, arbitrary: fc.tuple(fc.constantFrom(...defaults), fc.constantFrom(...defaults)) },
  ),
  /** Whether the first programme had become warm when it was started. */
  warm: fc.boolean(),
  millis: fc.oneof(fc.constant(0), fc.nat(60), fc.nat(1500)),
  speed: fc.constantFrom(1, 5, 100),
})

test(`ends every thread within a second${threadsCounted ? '' : ' (threads are counted on Linux only)'}`, {
  timeout: 20 * 60_000,
}, async () => {
  const [threadsBefore, childrenBefore] = [threads(), children()]
  const stopsInTime = fc.asyncProperty(anyStop, async ({ requests, warm, millis, speed }) => {
    const { runs } = bench()
    runs.warm()
    if (warm) await pause(400)
    const started = runs.start(requests, speed)
    if (!started.ok) throw new Error(started.problem.en)
    await pause(millis)
    const asked = performance.now()
    await Promise.all(started.value.map((run) => run.stop()))
    expect(performance.now() - asked).toBeLessThan(1000)
    for (const run of started.value) {
      expect(['stopped', 'finished']).toContain(run.phase)
      expect(run.info().error).toBeNull()
    }
    await runs.close()
    expect(threads()).toBe(threadsBefore)
    await until(() => children() === childrenBefore, 'the programme’s processes to end', 1000)
  })
  await fc.assert(stopsInTime, { seed: newSeed(), numRuns, endOnFailure: true })
})
