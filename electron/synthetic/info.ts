/** The synthetic run as menus, forms and the command line know it: it is started like a programme and is none. */
import type { ScenarioInfo } from '#protocol/catalogue'
import type { Parameters } from '#protocol/parameters'

export interface SyntheticOptions {
  /** Segments, all tasks together. */
  readonly spans: number
  readonly lanes: number
  /** The same seed, spans and lanes make the same run. */
  readonly seed: number
  /** Whether, after its spans, it goes on in real time, at `livePerSecond`, until it is stopped. */
  readonly live: boolean
}

/** Spans a second that a synthetic run makes in its own time. */
export const livePerSecond = 10_000

export const synthetic: ScenarioInfo = {
  id: 'synthetic',
  group: 'developer',
  title: { en: 'Synthetic run', zh: '合成运行' },
  menu: { en: 'Synthetic run', zh: '合成运行' },
  lookFor: {
    en: 'Something big to try: a run of up to 5,000,000 spans, each one bar on the chart, made up from a seed. Nothing runs and nothing is measured; the same values make the same picture.',
    zh: '用来试一试大图：按种子虚构的运行，最多 5,000,000 段，图上一条即一段。没有程序在运行，也没有任何测量；同样的值得到同样的图。',
  },
  contrastNote: { en: 'made up, not measured', zh: '虚构，并非测量' },
  parameters: [
    { name: 'spans', kind: 'integer', default: 1_000_000, min: 1, max: 5_000_000 },
    { name: 'lanes', kind: 'integer', default: 32, min: 1, max: 10_000 },
    { name: 'seed', kind: 'integer', default: 1, min: 0, max: 4_294_967_295 },
    { name: 'live', kind: 'choice', choices: ['no', 'yes'], default: 'no' },
  ],
  contrast: [],
  endless: false,
  reported: null,
  source: null,
  typescript: '',
  python: '',
}

/** Of parameters that were checked against `synthetic.parameters`. */
export const syntheticOptions = ({ spans, lanes, seed, live }: Parameters): SyntheticOptions => ({
  spans: Number(spans),
  lanes: Number(lanes),
  seed: Number(seed),
  live: live === 'yes',
})
