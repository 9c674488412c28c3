/** `npm run bench -- [name…] [--json]`: benchmarks beside their anchors in one run. No exit code depends on a figure. */
import { parseArgs } from 'node:util'
import type { Benchmark, BenchResult } from './bench'
import { joinOverhead } from './joinOverhead'
import { mark } from './mark'
import { threadStart } from './threadStart'

/** The only list. */
const benchmarks: readonly Benchmark[] = [threadStart, mark, joinOverhead]

const digits = (value: number) => (Math.abs(value) < 1 ? value.toPrecision(3) : value.toFixed(2))

function line({ name, unit, better, ours, anchors, ratios, runs, skipped }: BenchResult): string {
  if (skipped || ours === null) return `${name}: skipped, ${skipped}`
  const others = Object.entries(anchors).map(
    ([anchor, value]) => `${anchor} ${digits(value)} ${unit} (ratio ${digits(ratios[anchor]!)})`,
  )
  return `${name}: ${digits(ours)} ${unit}, ${better} is better; ${others.join('; ') || 'no anchor on this machine'}; ${runs} rounds`
}

function choose(): { chosen: readonly Benchmark[]; json: boolean } | string {
  const known = benchmarks.map((one) => one.name).join(', ')
  try {
    const { values, positionals } = parseArgs({ options: { json: { type: 'boolean' } }, allowPositionals: true })
    const unknown = positionals.find((name) => !benchmarks.some((one) => one.name === name))
    if (unknown !== undefined) return `There is no benchmark “${unknown}”; there are ${known}.`
    return {
      chosen: benchmarks.filter((one) => positionals.length === 0 || positionals.includes(one.name)),
      json: values.json === true,
    }
  } catch (error) {
    return (error as Error).message
  }
}

async function main(): Promise<number> {
  const choice = choose()
  if (typeof choice === 'string') {
    process.stderr.write(`loopscope bench: ${choice}\n`)
    return 2
  }
  const results: BenchResult[] = []
  for (const benchmark of choice.chosen) {
    process.stderr.write(`${benchmark.name}: ${benchmark.about}\n`)
    const result = await benchmark.measure()
    results.push(result)
    if (!choice.json) process.stdout.write(`${line(result)}\n`)
  }
  if (choice.json) process.stdout.write(`${JSON.stringify(results, null, 2)}\n`)
  return 0
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`loopscope bench: ${error instanceof Error ? error.message : String(error)}\n`)
    process.exit(1)
  },
)
