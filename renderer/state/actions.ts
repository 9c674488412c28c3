/** What the person does. Panels call these and change no signal themselves, so that a key, a button and a test do the same thing. */
import { batch } from '@preact/signals'
import type { ScenarioInfo } from '#protocol/catalogue'
import type { SourceLimits } from '#protocol/messages'
import { type ParameterInfo, parseParameter } from '#protocol/parameters'
import { t } from '../locales'
import type { Moment } from '../model/alignment'
import { send } from './commands'
import {
  chosen,
  concurrency,
  contrastOn,
  contrastSet,
  isLive,
  limited,
  scenarioById,
  shown,
  shownLive,
  sidebarOpen,
  sidebarOver,
  whyNoRun,
} from './derived'
import * as state from './index'
import { addNotice } from './notices'
import * as parameters from './parameters'
import { changeSettings } from './settings'

/** Slowest to fastest; a run may have any factor from 1 to 100 (command line), these are the ones to choose from. */
export const speeds = [1, 2, 5, 10, 20, 50, 100] as const

/** From the list: one programme by itself, also out of a contrast. */
export function choose(id: string): void {
  batch(() => {
    state.place.value = { kind: 'programme', id }
    state.contrasting.value = false
    state.selection.value = null
    if (sidebarOver.value) state.sidebarChoice.value = null
  })
}

export function showLegend(): void {
  batch(() => {
    state.place.value = { kind: 'legend' }
    if (sidebarOver.value) state.sidebarChoice.value = null
  })
}

/** What the command line or an earlier page chose. */
export function openScenario(id: string): void {
  if (scenarioById(id)) choose(id)
  else addNotice(() => t().notices.unknownScenario(id))
}

export function run(): void {
  const scenario = chosen.value
  if (!scenario || whyNoRun.value !== null) return
  const requests = contrastOn.value ? parameters.requestsOf(scenario, contrastSet.value) : single(parameters.requestOf(scenario))
  if (!requests.ok) return
  const old = replaced(requests.value.map((request) => request.scenario))
  // Of a contrast the engine keeps no values: those of the other programmes are only lent.
  if (contrastOn.value) parameters.keepParameters(scenario)
  batch(() => {
    state.starting.value = true
    state.selection.value = null
  })
  send({ type: 'start', scenarios: requests.value, speed: state.speed.value })
  if (old.length > 0) send({ type: 'forget', runs: old })
}

/**
 * The page shows the newest run of each programme: what new ones take the place of may go. A contrast goes as a whole, since half of one
 * compares nothing; what still runs stays until it is over.
 */
function replaced(scenarios: readonly string[]) {
  const startedAs = ({ info }: state.RunView) => (info.group === null ? `run ${info.id}` : `group ${info.group}`)
  const all = [...state.runs.value.values()]
  const old = new Set(all.filter((one) => scenarios.includes(one.info.scenario)).map(startedAs))
  for (const one of all) if (isLive(one)) old.delete(startedAs(one))
  return all.filter((one) => old.has(startedAs(one))).map((one) => one.info.id)
}

const single = (request: ReturnType<typeof parameters.requestOf>) =>
  request.ok ? { ...request, value: [request.value] } : request

export function stop(): void {
  const ids = shown.value.filter(isLive).map((one) => one.info.id)
  if (ids.length > 0) send({ type: 'stop', runs: ids })
}

/** The address of a queue is the run's own: another one needs another run. */
export function changeAddress({ info }: state.RunView): void {
  state.readdressed.value = info.id
  send({ type: 'stop', runs: [info.id] })
}

/** What the space bar does. */
export const runOrStop = () => (shownLive.value ? stop() : run())

/** From the start page: choose and run at once. */
export function chooseAndRun(id: string, contrast: boolean): void {
  batch(() => {
    choose(id)
    state.contrasting.value = contrast
  })
  run()
}

/** One click: what has no contrast to show yet runs it at once. */
export function toggleContrast(): void {
  batch(() => {
    state.contrasting.value = !state.contrasting.value
    state.selection.value = null
    state.sidebarChoice.value = null
  })
  if (contrastOn.value && shown.value.length === 0) run()
}

export function toggleSidebar(): void {
  state.sidebarChoice.value = !sidebarOpen.value
}

export function chooseSpeed(factor: number): void {
  if (factor >= 1 && factor <= 100) changeSettings({ speed: factor })
}

export { chooseLocale } from './language'
export { setParameter } from './parameters'
export { nextTheme as nextThemeSetting } from './theme'

export function alignAt(moment: Moment): void {
  state.alignedAt.value = moment
}

export function togglePanels(): void {
  state.panelsOpen.value = !state.panelsOpen.value
}

export function setChartView(view: { t0: number; t1: number; width: number }): void {
  const known = state.chartView.value
  if (known.t0 === view.t0 && known.t1 === view.t1 && known.width === view.width) return
  state.chartView.value = view
}

/** For whatever follows the chart's crosshair. */
export function setPointedAt(seconds: number | null): void {
  state.pointedAt.value = seconds
}

/** What the link in the status line does. */
export function openMeasured(): void {
  state.measuredOpen.value = true
}

export function closeMeasured(): void {
  state.measuredOpen.value = false
}

export function chooseTab(tab: state.Tab): void {
  state.tab.value = tab
}
export function chooseSideTab(tab: state.Tab): void {
  state.sideTab.value = tab
}
export function chooseWatchTab(tab: state.Tab): void {
  state.watchTab.value = tab
}

export function measure(range: typeof state.measuredRange.value): void {
  state.measuredRange.value = range
}

export function select(selection: state.Selection | null): void {
  state.selection.value = selection
}

/** Values of the push field: whatever stands between spaces or commas; the queue decides what it can run. */
export const pushValues = (text: string): readonly string[] => text.split(/[\s,]+/).filter((value) => value.length > 0)

export function push(run: state.RunView, text: string): void {
  const payloads = pushValues(text)
  if (payloads.length > 0) send({ type: 'push', run: run.info.id, payloads })
}

export function typePush(text: string): void {
  state.pushText.value = text
}

export function answerSource(run: state.RunView, choice: 'watch' | 'consume'): void {
  send({ type: 'answer', run: run.info.id, choice })
}

export function actOnSource(run: state.RunView, action: 'retry' | 'memory' | 'private'): void {
  send({ type: 'source', run: run.info.id, action })
}

/** The field was left. */
export function keepParameter(scenario: ScenarioInfo, info: ParameterInfo): void {
  parameters.keepParameter(scenario.id, info)
  if (info.name === concurrency) limitAsTyped(scenario)
}

export function resetParameters(scenario: ScenarioInfo): void {
  parameters.resetParameters(scenario.id)
  limitAsTyped(scenario)
}

/** How many at once holds for the run that goes on, too. */
function limitAsTyped(scenario: ScenarioInfo): void {
  const run = limited(scenario)
  const info = scenario.parameters.find(({ name }) => name === concurrency)
  const parsed = info && parseParameter(info, parameters.textOf(scenario.id, info))
  if (!run?.source || !parsed?.ok || parsed.value === run.source.status.concurrency) return
  limitSource(run, { concurrency: Number(parsed.value), paused: run.source.status.paused })
}

export function limitSource(run: state.RunView, limits: SourceLimits): void {
  send({ type: 'limit', run: run.info.id, ...limits })
}

/** The size of the window, which decides on the layout. */
export function setViewport(width: number, height: number): void {
  state.viewport.value = { width, height }
}
