/** The result of a contrast: one large line for two programmes, a row of figures for more, and why it is so. */
import { Fragment } from 'preact'
import type { ScenarioInfo } from '#protocol/catalogue'
import { local, t } from '../locales'
import { brief, difference, resultFigure } from '../model/format'
import { unendedTasks } from '../model/unended'
import type { RunView } from '../state'
import { contrastSet, isLive, menuOf } from '../state/derived'
import { Announcer } from './Announcer'
import { Parameters } from './Parameters'
import { Rich } from './Rich'

interface ContrastHeadProps {
  readonly scenario: ScenarioInfo
  readonly runs: readonly RunView[]
}

export function ContrastHead({ scenario, runs }: ContrastHeadProps) {
  const set = contrastSet.value
  const runOf = (one: ScenarioInfo) => runs.find((run) => run.info.scenario === one.id)
  const over = runs.length > 0 && !runs.some(isLive)
  return (
    <div class={set.length === 2 ? 'result' : 'result figures'} data-over={over}>
      {set.length === 2 ? (
        <h1 class="line">
          {set.map((one, index) => (
            <Fragment key={one.id}>
              {index > 0 && <span class="against"> {t().contrast.against} </span>}
              {runs.length > 0 ? <Figure run={runOf(one)} /> : local(one.menu)}
            </Fragment>
          ))}
        </h1>
      ) : (
        <h1 class="row">
          {set.map((one) => (
            <span key={one.id} class="of">
              <span class="value">
                <Figure run={runOf(one)} />
              </span>
              <span class="name">{local(one.title)}</span>
            </span>
          ))}
        </h1>
      )}
      <p class="because">
        <Rich text={[...failures(runs), ...(over ? [explanation(runs), ...unended(runs)] : [])].join(t().sentence.gap)} />
      </p>
      <Parameters scenario={scenario} />
      <Announcer
        kind={`${over} ${failures(runs).length}`}
        text={[...failures(runs), ...(over ? [totals(runs), ...unended(runs)] : [])].join(t().sentence.gap)}
      />
    </div>
  )
}

/** A run that failed has no total to compare. */
function totals(runs: readonly RunView[]): string {
  const whole = runs.filter(({ info }) => info.phase !== 'failed')
  const each = whole.map(({ info }) => difference(info.totalSeconds ?? 0, t().units))
  return each.length > 0 ? t().contrast.sentence(each.join(t().contrast.and)) : ''
}

/** Said at once, while the others go on. */
const failures = (runs: readonly RunView[]) =>
  runs.flatMap(({ info }) => (info.phase === 'failed' ? [t().sentence.failed(t().timeline.wire(info.error ?? ''))] : []))

/**
 * One sentence for each run that is over without all its tasks, where two totals stand against each other; of one that was stopped everybody
 * knows. More than two do not, and their captions say what became of them.
 */
const unended = (runs: readonly RunView[]) =>
  (runs.length === 2 ? runs : []).flatMap(({ info, store }) => {
    const names = info.phase === 'finished' ? unendedTasks(store) : []
    return names[0] === undefined ? [] : [t().contrast.explain.unended(menuOf(info.scenario), names[0], names.length)]
  })

/** The total of one run, or in a word why there is none. */
function Figure({ run }: { readonly run: RunView | undefined }) {
  const words = t().contrast
  if (!run) return <span class="word">{words.waiting}</span>
  const total = run.info.totalSeconds
  if (run.info.phase === 'failed') return <span class="word bad">{words.failed}</span>
  if (run.info.phase === 'preparing') return <span class="word">{words.waiting}</span>
  if (isLive(run) || total === null) return <span class="word">{words.running}</span>
  if (run.info.phase === 'stopped') return <span class="word">{words.stopped}</span>
  return (
    <span class="figure" data-total={run.info.scenario}>
      {resultFigure(total)}
      <small> {words.unit}</small>
    </span>
  )
}

const fewSleeps = 5

/** Why the totals differ. Known for the contrasts of the catalogue; any other gets the plain fact. */
function explanation(runs: readonly RunView[]): string {
  const words = t().contrast.explain
  const { parameters } = runs[0]!.info
  const durations = parameters['durations']
  if (Array.isArray(durations) && durations.length <= fewSleeps)
    return words.syncAsync(durations.map((seconds: number) => brief(seconds, t().units)).join(t().contrast.and))
  const threads = parameters['threads']
  return typeof threads === 'number' ? words.threads(threads) : words.other
}
