/** What the programme is, what to look for, its parameters, and the measured total in large figures. */
import type { ScenarioInfo } from '#protocol/catalogue'
import { local, t } from '../locales'
import { tableSeconds } from '../model/format'
import { isAsReported } from '../model/reported'
import { slowFrames } from '../state'
import { isLive, shown } from '../state/derived'
import { syntheticText } from '../state/synthetic'
import { Parameters } from './Parameters'
import { RedisFigures } from './RedisFigures'

export function Heading({ scenario }: { readonly scenario: ScenarioInfo }) {
  return (
    <div class="heading">
      <div class="what">
        <h1>
          {local(scenario.title)} <code>{scenario.id}</code>
        </h1>
        <p class="look-for">{local(scenario.lookFor)}</p>
        <Parameters scenario={scenario} />
      </div>
      {scenario.endless ? <Figures watches={scenario.source === 'watch'} /> : <Total scenario={scenario} />}
    </div>
  )
}

/** A programme that never ends has no total; what became of its items stands in its place. */
function Figures({ watches }: { readonly watches: boolean }) {
  const source = shown.value[0]?.source
  return source ? <RedisFigures source={source} watches={watches} /> : null
}

/** While the programme runs the figure is the time so far, in tenths: more digits would only flicker. */
function Total({ scenario }: { readonly scenario: ScenarioInfo }) {
  const words = t().heading
  const run = shown.value[0]
  slowFrames.value
  if (!run || run.info.phase === 'preparing') return null
  const live = isLive(run)
  const total = live ? run.store.now : run.info.totalSeconds
  if (total === null) return null
  const ideal = run.info.idealSeconds
  const made = syntheticText(run)
  const facts = [
    made,
    ideal === null ? null : words.ideal(idealEquation(run.info.idealFormula, `${ideal}\u00a0${words.unit}`)),
    scenario.reported && isAsReported(scenario, run.info.parameters) ? words.reported(local(scenario.reported)) : null,
  ].filter((fact) => fact !== null)
  return (
    <div class={live ? 'total so-far' : 'total'}>
      <p class="figure">
        <span class="for-readers">{live ? words.soFar : made === null ? words.measuredTotal : t().synthetic.total} </span>
        {live ? total.toFixed(1) : tableSeconds(total)}
        <small>{words.unit}</small>
      </p>
      <p class="facts">{facts.join(' · ')}</p>
    </div>
  )
}

/** `5 × (2 + 2) = 20 s`, in seconds however many, as the formula and the figure above are; where the formula is one number it says nothing new. */
const idealEquation = (formula: string | null, ideal: string) =>
  formula === null || /^[\d.]+$/.test(formula) ? ideal : `${formula} = ${ideal}`
