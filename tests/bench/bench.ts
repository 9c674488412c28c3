/** What a benchmark is, and what it prints: a contract of the command line. */

export interface BenchResult {
  /** The benchmark's name; a further figure of the same benchmark is `name:figure`. */
  readonly name: string
  readonly unit: string
  readonly better: 'lower' | 'higher'
  readonly ours: number | null
  /** Others, measured in the same run in turn with ours. `calibration`: a fixed piece of arithmetic on this machine at that moment. */
  readonly anchors: Readonly<Record<string, number>>
  /** ours ÷ anchor, the median over the rounds. */
  readonly ratios: Readonly<Record<string, number>>
  /** Rounds. */
  readonly runs: number
  /** What was not measured, and why: an anchor that is not on this machine, or, where `ours` is null, everything. */
  readonly skipped?: string
}

export interface BenchOptions {
  /** Rounds to take instead of the benchmark's own number: fewer are quicker and say less. */
  readonly rounds?: number | undefined
  /** How long a soak lasts. */
  readonly minutes: number
}

export interface Benchmark {
  readonly name: string
  /** One line for people: what is measured, against what, and the goal. */
  readonly about: string
  measure(options: BenchOptions): Promise<readonly BenchResult[]>
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

/** The value below which the share `q` of the values lies, between two of them in proportion. */
export function quantile(values: readonly number[], q: number): number {
  if (values.length === 0) throw new Error('there is no quantile of nothing')
  const sorted = [...values].sort((a, b) => a - b)
  const at = q * (sorted.length - 1)
  const below = sorted[Math.floor(at)]!
  return below + (sorted[Math.ceil(at)]! - below) * (at % 1)
}

/** One round's figures: ours and each anchor's, taken one after another. */
export type Round = { readonly ours: number } & Readonly<Record<string, number>>

type Head = Pick<BenchResult, 'name' | 'unit' | 'better'> & { readonly skipped?: string | null | undefined }

/** Medians of the figures, and medians of the ratios inside each round: the machines are shared, so only one round's figures compare. */
export function summarise({ name, unit, better, skipped }: Head, rounds: readonly Round[]): BenchResult {
  const anchorNames = Object.keys(rounds[0]!).filter((key) => key !== 'ours')
  const over = (value: (round: Round) => number) => median(rounds.map(value))
  return {
    name,
    unit,
    better,
    ours: over((round) => round.ours),
    anchors: Object.fromEntries(anchorNames.map((key) => [key, over((round) => round[key]!)])),
    ratios: Object.fromEntries(anchorNames.map((key) => [key, over((round) => round.ours / round[key]!)])),
    runs: rounds.length,
    ...(skipped ? { skipped } : {}),
  }
}

/** Nothing could be measured. */
export const skip = ({ name, unit, better }: Head, reason: string): BenchResult => ({
  name,
  unit,
  better,
  ours: null,
  anchors: {},
  ratios: {},
  runs: 0,
  skipped: reason,
})
