/** What a scenario file holds beside its programme. */
import type { ScenarioInfo } from '#protocol/catalogue'
import type { ParameterInfo, Parameters } from '#protocol/parameters'

/** The menu's part, less what only the running bundle knows: the text of the programme. */
export interface Scenario extends Omit<ScenarioInfo, 'typescript'> {
  /** The programme's main: runs on the programme's own thread. */
  readonly main: (parameters: never) => void
  /** Threads that the programme starts beside main and consumer: so many are parked before it begins. */
  readonly threads: (parameters: never) => number
  /** Ideal total in programme seconds as a formula of the parameters; null where it never ends. */
  readonly ideal: (parameters: never) => number | null
}

/** Ties the types of parameters, main, threads and ideal of one scenario together. */
export const defineScenario = <P extends Parameters>(
  scenario: Omit<Scenario, 'main' | 'threads' | 'ideal'> & {
    readonly main: (parameters: P) => void
    readonly threads: (parameters: P) => number
    readonly ideal: (parameters: P) => number | null
  },
): Scenario => scenario as unknown as Scenario

/** `threads=5 sleeps=2,2`: the parameters of group A. */
export type ThreadsParameters = { readonly threads: number; readonly sleeps: readonly number[] }
/** `durations=6,3`: the parameters of group B. */
export type DurationsParameters = { readonly durations: readonly number[] }

const secondsList = (name: string, values: readonly number[]): ParameterInfo => ({
  name,
  kind: 'secondsList',
  default: values,
  min: 0,
  max: 86_400,
  maxLength: 1000,
})

/** What the programmes of group A have in common. */
export const threadsGroup = {
  group: 'threads',
  parameters: [{ name: 'threads', kind: 'integer', default: 5, min: 1, max: 64 }, secondsList('sleeps', [2, 2])],
  contrast: ['threads', 'daemon-threads', 'join', 'start-all-join-all'],
  endless: false,
  source: null,
  threads: ({ threads }: ThreadsParameters) => threads,
} as const

/** What the programmes of group B have in common. */
export const schedulingGroup = {
  group: 'scheduling',
  parameters: [secondsList('durations', [6, 3])],
  contrast: ['sync-scheduling', 'async-scheduling'],
  endless: false,
  source: null,
  threads: () => 1,
} as const

/** To the nanosecond: what lies below is noise of the arithmetic. */
export const sum = (numbers: readonly number[]) => Math.round(numbers.reduce((total, n) => total + n, 0) * 1e9) / 1e9
