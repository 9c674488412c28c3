/**
 * `npm run bench -- [name…] [--json] [--rounds N] [--minutes N]`: benchmarks beside their anchors in one run. No exit code depends on a figure;
 * 1: a benchmark failed, 2: bad input.
 */
import { parseArgs } from 'node:util'
import { appendLive } from './appendLive'
import { type Benchmark, type BenchOptions, type BenchResult, skip } from './bench'
import { eventToPixel } from './eventToPixel'
import { frame1m } from './frame1m'
import { frame100k } from './frame100k'
import { hover1m } from './hover1m'
import { ingest1m } from './ingest1m'
import { joinOverhead } from './joinOverhead'
import { loopSubmit } from './loopSubmit'
import { loopSwitch } from './loopSwitch'
import { loopTimers } from './loopTimers'
import { markCost } from './markCost'
import { memory1m } from './memory1m'
import { redisBacklog } from './redisBacklog'
import { redisFleet } from './redisFleet'
import { redisPickup } from './redisPickup'
import { redisThroughput } from './redisThroughput'
import { soak } from './soak'
import { startup } from './startup'
import { endChildrenWithUs } from './support/children'
import { table1m } from './table1m'
import { threadStart } from './threadStart'
import { threadsafeHop } from './threadsafeHop'

/** The only list. */
const benchmarks: readonly Benchmark[] = [
  threadStart,
  markCost,
  threadsafeHop,
  loopSubmit,
  loopSwitch,
  loopTimers,
  eventToPixel,
  frame1m,
  frame100k,
  hover1m,
  memory1m,
  table1m,
  ingest1m,
  appendLive,
  startup,
  redisPickup,
  redisThroughput,
  redisBacklog,
  redisFleet,
  joinOverhead,
  soak,
]

interface Choice {
  readonly chosen: readonly Benchmark[]
  readonly options: BenchOptions
  readonly json: boolean
}

function choose(): Choice | string {
  const known = benchmarks.map((one) => one.name).join(', ')
  try {
    const text = { type: 'string' } as const
    const options = { json: { type: 'boolean' }, rounds: text, minutes: text } as const
    const { values, positionals } = parseArgs({ options, allowPositionals: true })
    const unknown = positionals.find((name) => !benchmarks.some((one) => one.name === name))
    if (unknown !== undefined) return `There is no benchmark “${unknown}”; there are ${known}.`
    const { rounds, minutes = '10' } = values
    if (rounds !== undefined && !/^[1-9]\d{0,3}$/.test(rounds))
      return `--rounds: “${rounds}” is not a whole number from 1 to 9999.`
    if (!(Number(minutes) >= 0.5 && Number(minutes) <= 1440)) return `--minutes: “${minutes}” is not a number from 0.5 to 1440.`
    return {
      chosen: benchmarks.filter((one) => positionals.length === 0 || positionals.includes(one.name)),
      options: { rounds: rounds === undefined ? undefined : Number(rounds), minutes: Number(minutes) },
      json: values.json === true,
    }
  } catch (error) {
    return (error as Error).message
  }
}

const digits = (value: number) => (Math.abs(value) < 1 ? value.toPrecision(3) : value.toFixed(2))

function line({ name, unit, better, ours, anchors, ratios, runs, skipped }: BenchResult): string {
  if (ours === null) return `${name}: skipped, ${skipped}`
  const others = Object.entries(anchors).map(
    ([anchor, value]) => `${anchor} ${digits(value)} ${unit} (ratio ${digits(ratios[anchor]!)})`,
  )
  const measured = [`${digits(ours)} ${unit}, ${better} is better`, ...others, `${runs} rounds`]
  return `${name}: ${[...measured, ...(skipped ? [`skipped: ${skipped}`] : [])].join('; ')}`
}

/** One that fails does not cost the others' figures. */
async function measure(benchmark: Benchmark, options: BenchOptions): Promise<readonly BenchResult[]> {
  process.stderr.write(`${benchmark.name}: ${benchmark.about}\n`)
  try {
    return await benchmark.measure(options)
  } catch (error) {
    process.stderr.write(`loopscope bench: ${benchmark.name}: ${error instanceof Error ? error.stack : String(error)}\n`)
    process.exitCode = 1
    const reason = `it failed: ${error instanceof Error ? error.message : String(error)}`
    return [skip({ name: benchmark.name, unit: '', better: 'lower' }, reason)]
  }
}

async function main(): Promise<void> {
  const choice = choose()
  if (typeof choice === 'string') {
    process.stderr.write(`loopscope bench: ${choice}\n`)
    process.exitCode = 2
    return
  }
  endChildrenWithUs()
  const results: BenchResult[] = []
  for (const benchmark of choice.chosen) {
    const own = await measure(benchmark, choice.options)
    results.push(...own)
    if (!choice.json) for (const result of own) await print(line(result))
  }
  if (choice.json) await print(JSON.stringify(results, null, 2))
}

/** Resolves when it is written: a pipe may take its time. */
const print = (text: string) => new Promise<unknown>((done) => process.stdout.write(`${text}\n`, done))

// A worker or a socket that something left open must not keep the command alive.
main().then(() => process.exit())
