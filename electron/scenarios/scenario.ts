/** What a scenario file holds beside its programme. */
import type { ScenarioInfo } from '#protocol/catalogue'
import type { ParameterInfo, Parameters } from '#protocol/parameters'
import { toNanosecond } from '#protocol/units'

/** The menu's part, less what only the running bundle knows: the text of the programme. */
export interface Scenario extends Omit<ScenarioInfo, 'typescript'> {
  /** The programme's main: runs on the programme's own thread. */
  readonly main: (parameters: never) => void
  /** Threads that the programme starts beside main and consumer: so many are parked before it begins. */
  readonly threads: (parameters: never) => number
  /** HTTP requests that may be under way at once: so many connections to the server are open before it begins. Absent: it has no server. */
  readonly connections?: (parameters: never) => number
  /** Processes of its pool: so many are started before it begins. Absent: it has none. */
  readonly processes?: (parameters: never) => number
  /** Ideal total in programme seconds as a formula of the parameters; null where it never ends. */
  readonly ideal: (parameters: never) => number | null
  /** The same as a learner would write it down, with the parameters put in and without unit: `5 × (2 + 2)`; null where it never ends. */
  readonly formula: (parameters: never) => string | null
}

/** Ties the types of parameters, main, threads and ideal of one scenario together. */
export const defineScenario = <P extends Parameters>(
  scenario: Omit<Scenario, 'main' | 'threads' | 'connections' | 'processes' | 'ideal' | 'formula'> & {
    readonly main: (parameters: P) => void
    readonly threads: (parameters: P) => number
    readonly connections?: (parameters: P) => number
    readonly processes?: (parameters: P) => number
    readonly ideal: (parameters: P) => number | null
    readonly formula: (parameters: P) => string | null
  },
): Scenario => scenario as unknown as Scenario

/** `threads=5 sleeps=2,2`: the parameters of group A. */
export type ThreadsParameters = { readonly threads: number; readonly sleeps: readonly number[] }
/** `sleep=1` and `sleeps=1,2,4`: parameters of groups D and E. */
export type SleepParameters = { readonly sleep: number }
export type SleepsParameters = { readonly sleeps: readonly number[] }
/** `durations=6,3`: the parameters of group B. */
export type DurationsParameters = { readonly durations: readonly number[] }

export const seconds = (name: string, value: number): ParameterInfo => ({
  name,
  kind: 'seconds',
  default: value,
  min: 0,
  max: 86_400,
})
export const tasksCount = (value: number): ParameterInfo => ({
  name: 'tasks',
  kind: 'integer',
  default: value,
  min: 1,
  max: 1000,
})
export const secondsList = (name: string, values: readonly number[]): ParameterInfo => ({
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

/** What the programmes of group D have in common: their loop runs on main's own thread. */
export const coroutinesGroup = { group: 'coroutines', endless: false, source: null, reported: null, threads: () => 0 } as const
/** What the programmes of group E have in common. */
export const loopGroup = { ...coroutinesGroup, group: 'loop' } as const

/** To the nanosecond. */
export const sum = (numbers: readonly number[]) => toNanosecond(numbers.reduce((total, n) => total + n, 0))

/** A Python program as it is written in a scenario's file: its first line break and the common indentation are not part of it. */
export function python(text: TemplateStringsArray, ...parts: readonly string[]): string {
  const lines = String.raw(text, ...parts)
    .replace(/^\n/, '')
    .trimEnd()
    .split('\n')
  const indent = Math.min(...lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/)))
  return `${lines.map((line) => line.slice(indent).trimEnd()).join('\n')}\n`
}

/** More than so many numbers are not written out. */
const mostTerms = 8
const written = (numbers: readonly number[]) =>
  numbers.length > mostTerms ? [...numbers.slice(0, 3), '…', numbers.at(-1)] : numbers

/** `6 + 3`, in brackets where it is a factor; a long sum is cut in its middle. */
export function plus(numbers: readonly number[], factor = false): string {
  const text = written(numbers).join(' + ') || '0'
  return factor && numbers.length > 1 ? `(${text})` : text
}

/** `max(6, 3)`; of one number the number. */
export const greatest = (numbers: readonly number[]) => extreme('max', numbers)
export const least = (numbers: readonly number[]) => extreme('min', numbers)

function extreme(which: 'min' | 'max', numbers: readonly number[]): string {
  if (numbers.length < 2) return plus(numbers)
  return `${which}(${written(numbers).join(', ')})`
}
