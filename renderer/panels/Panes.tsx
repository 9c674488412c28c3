/** Below the chart: the table, and beside it the code and the output: next to each other where there is room, else behind tabs. */
import type { ScenarioInfo } from '#protocol/catalogue'
import { t } from '../locales'
import { withoutLabels } from '../model/labels'
import { withParameters } from '../model/pythonText'
import { type RunView, sideTab, slowFrames, type Tab, tab, viewport, watchTab } from '../state'
import { chooseSideTab, chooseTab, chooseWatchTab } from '../state/actions'
import { litLines, litOf } from '../state/lit'
import { requestOf } from '../state/parameters'
import { Code } from './Code'
import { CopyButton } from './CopyButton'
import { Figure } from './Figure'
import { Fleet } from './Fleet'
import type { Language } from './highlight'
import { Output } from './Output'
import { Statistics } from './Statistics'
import { Tabs } from './Tabs'
import { Tasks } from './Tasks'

/** Below this width the output is a tab beside the two languages. */
const threePanes = 1360
const languages: readonly Language[] = ['typescript', 'python']

interface PanesProps {
  readonly scenario: ScenarioInfo
  readonly run: RunView | undefined
}

export function Panes({ scenario, run }: PanesProps) {
  const words = t().code
  // Of a queue of others the table of its workers comes first, and needs the room.
  const isWatch = scenario.source === 'watch'
  const wide = viewport.value.width >= threePanes && !isWatch
  const chosen = isWatch ? watchTab : tab
  const { figure } = scenario
  const beside: readonly Tab[] = figure ? ['figure', 'output', 'statistics'] : ['output', 'statistics']
  if (scenario.group === 'developer') return <PanesWithoutCode scenario={scenario} run={run} tabs={beside} />
  const tabs: readonly Tab[] = wide ? languages : [...(isWatch ? ['fleet' as const] : []), ...languages, ...beside]
  const shown = tabs.includes(chosen.value) ? chosen.value : tabs[0]!
  const language = shown === 'typescript' || shown === 'python' ? shown : null
  const text = language && textOf(language, scenario, run)
  const note = shown === 'python' ? words.theSameInPython : run ? words.theTextThatRan : words.theTextThatWillRun
  return (
    <div class={wide ? 'panes three' : 'panes two'}>
      <section class="pane tasks" aria-labelledby="pane-tasks">
        <Tasks run={run} />
      </section>
      <section class="pane" aria-label={words.label}>
        <div class="pane-head">
          <Tabs id="code" label={words.label} tabs={tabs} chosen={shown} choose={isWatch ? chooseWatchTab : chooseTab} />
          {wide && <span class="note">{note}</span>}
          {language && text !== null && <CopyButton text={withoutLabels(text)} title={words.copy[language]} quiet />}
        </div>
        <div id="code-panel" class="tabbed" role="tabpanel" aria-labelledby={`code-${shown}`}>
          {language && text !== null ? (
            <LitCode language={language} text={text} run={run} />
          ) : (
            <Beside tab={shown} scenario={scenario} run={run} />
          )}
        </div>
      </section>
      {wide && <SidePane scenario={scenario} run={run} tabs={beside} />}
    </div>
  )
}

/** Of what is no programme there is no text. */
const PanesWithoutCode = (props: PanesProps & { readonly tabs: readonly Tab[] }) => (
  <div class="panes two">
    <section class="pane tasks" aria-labelledby="pane-tasks">
      <Tasks run={props.run} />
    </section>
    <SidePane {...props} />
  </div>
)

/** The output and the statistics, before them the figure of a programme that has one. */
function SidePane({ scenario, run, tabs }: PanesProps & { readonly tabs: readonly Tab[] }) {
  const words = t().code
  const chosen = tabs.includes(sideTab.value) ? sideTab.value : 'output'
  return (
    <section class="pane" aria-label={words.side}>
      <div class="pane-head">
        <Tabs id="side" label={words.side} tabs={tabs} chosen={chosen} choose={chooseSideTab} />
      </div>
      <div id="side-panel" class="tabbed" role="tabpanel" aria-labelledby={`side-${chosen}`}>
        <Beside tab={chosen} scenario={scenario} run={run} />
      </div>
    </section>
  )
}

function Beside({ tab, scenario, run }: PanesProps & { readonly tab: Tab }) {
  if (tab === 'statistics') return <Statistics />
  if (tab === 'fleet') return <Fleet run={run} />
  return tab === 'figure' && scenario.figure ? <Figure figure={scenario.figure} run={run} /> : <Output run={run} />
}

/** The Python program has the parameters of the run, before it those of the fields. */
function textOf(language: Language, scenario: ScenarioInfo, run: RunView | undefined): string {
  if (language === 'typescript') return scenario.typescript
  const request = requestOf(scenario)
  return withParameters(scenario.python, run?.info.parameters ?? (request.ok ? request.value.parameters : {}))
}

/** A part of its own: only it is drawn again while the selected bar goes on. */
function LitCode({
  language,
  text,
  run,
}: {
  readonly language: Language
  readonly text: string
  readonly run: RunView | undefined
}) {
  slowFrames.value
  return <Code language={language} text={text} lit={litLines(text, litOf(run))} />
}
