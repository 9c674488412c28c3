/** Below the chart: the table, and beside it the code and the output: next to each other where there is room, else behind tabs. */
import type { ScenarioInfo } from '#protocol/catalogue'
import { t } from '../locales'
import { type RunView, type Tab, tab, viewport } from '../state'
import { chooseTab } from '../state/actions'
import { Code } from './Code'
import { CopyButton } from './CopyButton'
import { withoutLabels } from './highlight'
import { Output } from './Output'
import { Tasks } from './Tasks'

/** Below this width one pane with tabs stands beside the table. */
const threePanes = 1360
const tabs: readonly Tab[] = ['typescript', 'output']

interface PanesProps {
  readonly scenario: ScenarioInfo
  readonly run: RunView | undefined
}

export function Panes({ scenario, run }: PanesProps) {
  const words = t().code
  const wide = viewport.value.width >= threePanes
  const note = run ? words.theTextThatRan : words.theTextThatWillRun
  const copy = <CopyButton text={withoutLabels(scenario.typescript)} title={words.copy} quiet />
  return (
    <div class={wide ? 'panes three' : 'panes two'}>
      <section class="pane tasks" aria-labelledby="pane-tasks">
        <div class="pane-head">
          <h2 id="pane-tasks">{t().tasks.title}</h2>
        </div>
        <Tasks run={run} />
      </section>
      {wide ? (
        <>
          <div class="pane">
            <div class="pane-head">
              <h2>{words.typescript}</h2>
              <span class="note">{note}</span>
              {copy}
            </div>
            <Code scenario={scenario} />
          </div>
          <div class="pane">
            <div class="pane-head">
              <h2>{words.output}</h2>
            </div>
            <Output run={run} />
          </div>
        </>
      ) : (
        <Tabbed scenario={scenario} run={run} />
      )}
    </div>
  )
}

function Tabbed({ scenario, run }: PanesProps) {
  const words = t().code
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return
    const next = tabs[(tabs.indexOf(tab.value) + 1) % tabs.length]!
    chooseTab(next)
    document.getElementById(`tab-${next}`)?.focus()
    event.preventDefault()
  }
  return (
    <section class="pane" aria-label={words.label}>
      <div class="pane-head">
        <div class="tabs" role="tablist" aria-label={words.label} onKeyDown={onKeyDown}>
          {tabs.map((id) => (
            <button
              key={id}
              id={`tab-${id}`}
              type="button"
              role="tab"
              aria-selected={tab.value === id}
              aria-controls="pane-tabbed"
              tabIndex={tab.value === id ? 0 : -1}
              onClick={() => chooseTab(id)}
            >
              {words[id]}
            </button>
          ))}
        </div>
        {tab.value === 'typescript' && <CopyButton text={withoutLabels(scenario.typescript)} title={words.copy} quiet />}
      </div>
      <div id="pane-tabbed" class="tabbed" role="tabpanel" aria-labelledby={`tab-${tab.value}`}>
        {tab.value === 'typescript' ? <Code scenario={scenario} /> : <Output run={run} />}
      </div>
    </section>
  )
}
