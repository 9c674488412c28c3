/** What a benchmark is, and what it prints: a contract of the command line. */

export interface BenchResult {
  readonly name: string
  readonly unit: string
  readonly better: 'lower' | 'higher'
  readonly ours: number | null
  /** Others, measured in the same run in turn with ours. */
  readonly anchors: Readonly<Record<string, number>>
  /** ours ÷ anchor, the median over the rounds. */
  readonly ratios: Readonly<Record<string, number>>
  readonly runs: number
  /** Why nothing was measured. */
  readonly skipped?: string
}

export interface Benchmark {
  readonly name: string
  /** One line for people: what is measured, against what, and the goal. */
  readonly about: string
  measure(): Promise<BenchResult>
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/** One round's figures: ours and each anchor's, taken one after another. */
export type Round = { readonly ours: number } & Readonly<Record<string, number>>

/** Medians of the figures, and medians of the ratios inside each round: the machines are shared, so only one round's figures compare. */
export function summarise(name: string, unit: string, better: 'lower' | 'higher', rounds: readonly Round[]): BenchResult {
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
  }
}
