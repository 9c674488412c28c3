/** The programmes by group, and the legend. Over the chart where the window is narrow; then a choice closes it. */
import type { ScenarioInfo } from '#protocol/catalogue'
import { local, t } from '../locales'
import { catalogue, place, runs } from '../state'
import { choose, showLegend, toggleSidebar } from '../state/actions'
import { chosen, contrastOn, contrastSet, isLive, menu, sidebarOpen, sidebarOver } from '../state/derived'
import { BrandMark, SidebarIcon } from './icons'

export function Sidebar() {
  if (!sidebarOpen.value) return null
  const words = t().sidebar
  const close = t().toolbar.closeSidebar
  return (
    <nav class={sidebarOver.value ? 'sidebar over' : 'sidebar'} aria-label={words.label}>
      <div class="brand">
        <BrandMark />
        <span>{t().app.name}</span>
        <button type="button" class="button quiet icon-only" title={close} aria-label={close} onClick={toggleSidebar}>
          <SidebarIcon />
        </button>
      </div>
      <div class="menu">
        {menu.value.map((group) => (
          <section key={group.id} aria-labelledby={`group-${group.id}`}>
            <h2 id={`group-${group.id}`}>
              <span class="letter">{group.letter}</span>
              {words.groups[group.id]}
            </h2>
            <ul>
              {group.scenarios.map((scenario) => (
                <li key={scenario.id}>
                  <Item scenario={scenario} />
                </li>
              ))}
            </ul>
          </section>
        ))}
        <hr />
        <button
          type="button"
          class={place.value.kind === 'legend' ? 'item on' : 'item'}
          aria-current={place.value.kind === 'legend'}
          onClick={showLegend}
        >
          <span>{words.legend}</span>
        </button>
        <Developer />
      </div>
    </nav>
  )
}

/** What is no programme, below everything that is. */
function Developer() {
  const entries = catalogue.value.filter(({ group }) => group === 'developer')
  if (entries.length === 0) return null
  return (
    <section class="developer" aria-labelledby="group-developer">
      <h2 id="group-developer">{t().sidebar.groups.developer}</h2>
      {entries.map((scenario) => (
        <Item key={scenario.id} scenario={scenario} />
      ))}
    </section>
  )
}

function Item({ scenario }: { readonly scenario: ScenarioInfo }) {
  const words = t().sidebar
  const set = contrastOn.value ? contrastSet.value : []
  const index = set.findIndex((one) => one.id === scenario.id)
  const current = chosen.value?.id === scenario.id
  const live = [...runs.value.values()].some((run) => run.info.scenario === scenario.id && isLive(run))
  return (
    <button
      type="button"
      class={current || index >= 0 ? 'item on' : 'item'}
      aria-current={current}
      data-scenario={scenario.id}
      onClick={() => choose(scenario.id)}
    >
      <span>{local(scenario.menu)}</span>
      {index >= 0 ? (
        <span class="position" title={words.contrastPlace(index + 1, set.length)}>
          {index + 1}
        </span>
      ) : (
        live && <span class="live-dot" role="img" aria-label={words.running} title={words.running} />
      )}
    </button>
  )
}
