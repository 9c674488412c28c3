/** What follows from the state. */
import { computed } from '@preact/signals'
import { type GroupId, groups, type ScenarioInfo } from '#protocol/catalogue'
import type { RunPhase } from '#protocol/messages'
import { local, t } from '../locales'
import { catalogue, connection, contrasting, place, type RunView, runs, sidebarChoice, starting, viewport } from './index'
import { requestOf } from './parameters'

export const scenarioById = (id: string): ScenarioInfo | undefined => catalogue.value.find((scenario) => scenario.id === id)

/** Its name in the language of the page, where the engine knows it. */
export const titleOf = (id: string) => textOf(id, 'title')
export const menuOf = (id: string) => textOf(id, 'menu')
function textOf(id: string, key: 'title' | 'menu'): string {
  const scenario = scenarioById(id)
  return scenario ? local(scenario[key]) : id
}

/** The chosen programme; null on the start page and the legend. */
export const chosen = computed<ScenarioInfo | null>(() => {
  const now = place.value
  return now.kind === 'programme' ? (scenarioById(now.id) ?? null) : null
})

/** The programmes of the chosen one's contrast, in its order, without those this engine does not have. */
export const contrastSet = computed<readonly ScenarioInfo[]>(() => {
  const all = (chosen.value?.contrast ?? []).map(scenarioById).filter((scenario) => scenario !== undefined)
  return all.length > 1 ? all : []
})

export const contrastOn = computed(() => contrasting.value && contrastSet.value.length > 0)

/** The runs in the main area: the newest of the chosen programme, or the newest group of its contrast in the contrast's order. */
export const shown = computed<readonly RunView[]>(() => {
  const scenario = chosen.value
  if (!scenario) return []
  const all = [...runs.value.values()]
  // A run of a contrast can be looked at alone, too.
  if (!contrastOn.value) return all.filter((run) => run.info.scenario === scenario.id).slice(-1)
  const ids = contrastSet.value.map((one) => one.id)
  const last = all.filter((run) => run.info.group !== null && ids.includes(run.info.scenario)).at(-1)
  if (!last) return []
  return all
    .filter((run) => run.info.group === last.info.group)
    .sort((a, b) => ids.indexOf(a.info.scenario) - ids.indexOf(b.info.scenario))
})

const livePhases: readonly RunPhase[] = ['preparing', 'running', 'stopping']
export const isLive = (run: RunView) => livePhases.includes(run.info.phase)
export const shownLive = computed(() => shown.value.some(isLive))
export const isOver = computed(() => shown.value.length > 0 && !shownLive.value)

/** The parameter that also says how many tasks the run that goes on has at once. */
export const concurrency = 'concurrency'

/** The run that takes from a queue now. */
export const limited = (scenario: ScenarioInfo): RunView | undefined =>
  scenario.source === 'redis'
    ? shown.value.find(({ info, source }) => info.scenario === scenario.id && info.phase === 'running' && source !== null)
    : undefined

/** A long run is over before all of it has come. */
export const hasCome = ({ info, store }: RunView) =>
  store.spans.length + store.markers.length + store.outputs.length >= info.measured.rows

/** Why Run cannot be pressed, as one sentence; null: it can. */
export const whyNoRun = computed<string | null>(() => {
  const why = t().toolbar.whyNot
  if (connection.value.phase !== 'connected') return why.notConnected
  if (!chosen.value) return why.nothingChosen
  if (shownLive.value || starting.value) return why.busy
  const request = requestOf(chosen.value)
  return request.ok ? null : why.invalid(request.problem)
})

/** Groups of programmes that have any, with the letter each keeps whatever the others have. */
export const menu = computed<readonly { id: GroupId; letter: string; scenarios: readonly ScenarioInfo[] }[]>(() =>
  groups
    .map((id, index) => ({
      id,
      letter: String.fromCharCode(65 + index),
      scenarios: catalogue.value.filter((scenario) => scenario.group === id),
    }))
    .filter((group) => group.id !== 'developer' && group.scenarios.length > 0),
)

/** Below this width the sidebar lies over the chart instead of beside it. */
export const narrowWidth = 1120
/** Below this width a contrast needs the sidebar's room. */
export const wideWidth = 1440

export const sidebarOver = computed(() => viewport.value.width < narrowWidth)
export const sidebarOpen = computed(() => {
  if (sidebarChoice.value !== null) return sidebarChoice.value
  return !sidebarOver.value && !(contrastOn.value && viewport.value.width < wideWidth)
})
