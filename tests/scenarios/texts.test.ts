/** The two texts of every programme: tied to the bars by their labels, and of one meaning: python3 prints what ours prints. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ScenarioInfo } from '#protocol/catalogue'
import { states } from '#protocol/vocabulary'
import { readProgrammes } from '../../electron/engine/catalogue'
import { toDocument } from '../../electron/engine/document'
import type { Run } from '../../electron/engine/run'
import { findScenario } from '../../electron/scenarios/index'
import { labelOf, labelsOf } from '../../renderer/model/labels'
import { atSpeed, hasPython, runPython } from '../support/python'
import { type Bench, begun, bench, lines, sleepMillis } from '../support/runs'

const workers = new URL('../../node_modules/.cache/workers', import.meta.url).pathname
const catalogue = readProgrammes(workers)
/** Redis has a test of its own: tests/sources/. */
const alone = catalogue.filter((info) => info.source === null).map((info) => [info.id, info] as const)
/** How long one that never ends is watched, programme seconds. */
const endlessSeconds = 5
/** What runs on threads of its own may overtake: the same lines in any order. */
const anyOrder = new Set(['threads', 'start-all-join-all', 'http-async', 'http-one-at-a-time'])
/** A programme of minutes is played faster. */
const speedOf = ({ id, parameters }: ScenarioInfo) => {
  const defaults = Object.fromEntries(parameters.map((info) => [info.name, info.default]))
  return (findScenario(id)!.ideal(defaults as never) ?? 0) > 30 ? 100 : 10
}

/** What asyncio's logger writes, which is on another stream there. */
const isLogged = (line: string) => /^(Task was destroyed but it is pending!|task: <Task )/.test(line)

let engine: Bench
const ran = new Map<string, Promise<Run>>()
beforeAll(() => {
  engine = bench()
})
afterAll(() => engine.close())

const printed = new Map<string, Promise<string>>()
/** What python3 prints, to its end. Whoever asks for it hears of a failure. */
function printedBy(info: ScenarioInfo): Promise<string> {
  const known = printed.get(info.id)
  if (known) return known
  const text = runPython(atSpeed(info.python, speedOf(info)))
  text.catch(() => undefined)
  printed.set(info.id, text)
  return text
}

/** One run of each, for all questions; python3’s goes on meanwhile, for both wait most of the time. */
function runOf(info: ScenarioInfo): Promise<Run> {
  const known = ran.get(info.id)
  if (known) return known
  if (hasPython && !info.endless) printedBy(info)
  const over = (async () => {
    const run = engine.start(info.id, {}, speedOf(info))
    if (info.endless) {
      await begun(run)
      await sleepMillis((endlessSeconds * 1000) / speedOf(info) + 300)
      await run.stop()
    }
    await run.over
    return run
  })()
  ran.set(info.id, over)
  return over
}

/** `work-sleeping` for every bar of the run. */
function barsOf({ history }: Run): readonly (readonly [target: string, state: (typeof states)[number]])[] {
  return Array.from({ length: history.spans.length }, (_, span) => {
    const target = history.tasks.get('target', history.spans.get('task', span))
    return [history.strings[target]!, states[history.spans.get('state', span)]!] as const
  })
}

describe('labels', () => {
  it.each(alone)('%s: both texts have the same, and every bar names one of them', async (_id, info) => {
    const [typescript, python] = [labelsOf(info.typescript), labelsOf(info.python)]
    const explicit = (labels: readonly (readonly string[])[]) =>
      [...new Set(labels.flat().filter((label) => label.includes('-')))].sort()
    expect(explicit(python)).toEqual(explicit(typescript))
    const bars = barsOf(await runOf(info))
    expect(bars.length).toBeGreaterThan(0)
    const unlit = bars.filter(
      ([target, state]) =>
        !typescript.flat().includes(labelOf(target, state, typescript)) ||
        !python.flat().includes(labelOf(target, state, python)),
    )
    expect([...new Set(unlit.map((bar) => bar.join('-')))]).toEqual([])
  })
})

describe.runIf(hasPython)('python3', () => {
  it.each(alone)('%s prints what ours prints', async (id, info) => {
    const faster = atSpeed(info.python, speedOf(info))
    expect(faster).not.toBe(info.python)
    const ours = lines(toDocument(await runOf(info))).filter((line) => line !== '' && !isLogged(line))
    // Of one that never ends, as much as ours printed.
    const text = await (info.endless ? runPython(faster, { seconds: 20, lines: ours.length }) : printedBy(info))
    const theirs = text.split('\n').filter((line) => line !== '')
    if (anyOrder.has(id)) {
      // Python's threads may print the line ends of two lines after both.
      expect(
        [...ours]
          .sort((a, b) => b.length - a.length)
          .reduce((rest, line) => rest.replace(line, ''), text)
          .trim(),
      ).toBe('')
      return
    }
    if (info.endless) expect(ours.length).toBeGreaterThan(0)
    expect(theirs.slice(0, info.endless ? ours.length : Infinity)).toEqual(ours)
  })
})
