/** The benchmarks of the loop: a programme that measures itself, the recorder on, and the same with asyncio and, where it is installed, uvloop. */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { RunDocument } from '#protocol/document'
import type { RunId } from '#protocol/messages'
import { toDocument } from '../../../electron/engine/document'
import { Programme } from '../../../electron/engine/programme'
import { RingStock } from '../../../electron/engine/ringStock'
import { Run } from '../../../electron/engine/run'
import { forkProcess } from '../../../electron/forkProcess'
import { buildWorkers } from '../../../electron/packaging/workers'
import { type Benchmark, type Round, summarise } from '../bench'
import { scenario } from '../programmes/loops'
import { python, pythonMissing } from './python'
import { drainMillis } from './runs'

interface LoopBench {
  readonly name: string
  readonly about: string
  readonly unit: string
  readonly better: 'lower' | 'higher'
  /** As in programmes/loops.ts. */
  readonly what: string
}

const workers = resolve('node_modules/.cache/bench/workers')
/** A programme whose main failed leaves its loop running. */
const longestMillis = 60_000
/** So large that every mark is written and kept: a full ring costs less, and the figures would not be those of a recorded run. */
const rings = new RingStock(1 << 20)
const program = 'tests/bench/anchors/loops.py'

export const loopBench = ({ name, about, unit, better, what }: LoopBench): Benchmark => ({
  name,
  about,
  async measure({ rounds = 7 }) {
    await built()
    const others = pythonMissing ? [] : ['asyncio', ...(hasUvloop() ? ['uvloop'] : [])]
    const text = readFileSync(program, 'utf8')
    const figures: Round[] = []
    let dropped = 0
    // The engine, which would take the cores while its own code is compiled, lives longer than a run.
    await run(what)
    for (let i = 0; i < rounds; i++) {
      const { output, droppedMarks } = await run(what)
      dropped = Math.max(dropped, droppedMarks)
      const anchors = others.map((loop) => [loop, python(text, [what, loop])[0]!] as const)
      figures.push({ ours: Number(output[0]?.text), ...Object.fromEntries(anchors) })
    }
    const lost = dropped > 0 ? `up to ${dropped} marks a run, for which the rings had no room` : null
    const skipped = [pythonMissing, lost].filter(Boolean).join('; ')
    return [summarise({ name, unit, better, skipped }, figures)]
  },
})

const hasUvloop = () => spawnSync('python3', ['-c', 'import uvloop']).status === 0

let building: Promise<void> | undefined
/** The product's workers, but they know the programmes of the benchmarks instead of the scenarios. */
const built = () => {
  building ??= buildWorkers(workers, [
    {
      name: 'loopscope:bench-programmes',
      resolveId: (source) => (source.endsWith('/scenarios/index') ? resolve('tests/bench/programmes/index.ts') : null),
    },
  ])
  return building
}

/** To its end; one programme of its own, so that no other loads beside it. */
async function run(what: string): Promise<RunDocument> {
  const epoch = process.hrtime.bigint()
  const programme = new Programme(workers, epoch, 1, rings)
  const quiet = () => undefined
  const host = { workersDir: workers, spawnProcess: forkProcess }
  const request = { scenario, parameters: { what }, speed: 1 }
  const one = new Run(1 as RunId, request, null, programme, epoch, host, quiet, quiet)
  await programme.warm
  await one.prepare({ ask: false, feed: false })
  const drain = setInterval(() => one.drain(), drainMillis)
  const late = setTimeout(() => void one.stop(), longestMillis)
  one.begin()
  await one.over
  clearTimeout(late)
  clearInterval(drain)
  const document = toDocument(one)
  const failed = document.tasks.find(({ end }) => end === 'failed')
  if (failed || one.phase !== 'finished') throw new Error(`${what}: ${one.info().error ?? failed?.name ?? ''} ${one.phase}`)
  return document
}
