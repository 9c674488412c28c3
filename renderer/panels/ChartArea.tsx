/** The chart and its key, given what is shown. */

import type { RunId } from '#protocol/messages'
import { Key } from '../charts/Key'
import { LevelChart } from '../charts/LevelChart'
import { Timeline } from '../charts/Timeline'
import type { Selection as ChartSelection, TimelineRun } from '../charts/timelineRun'
import { local, t } from '../locales'
import { chartView, frames, minimapChoice, panelsOpen, selection } from '../state'
import { measure, select, setChartView, setPointedAt } from '../state/actions'
import { offsets } from '../state/alignment'
import { chosen, isLive, scenarioById, shown } from '../state/derived'
import { arrangeLanes, laneView, showMinimap } from '../state/lanes'
import { culprit } from '../state/sentence'
import { comingOf } from '../state/synthetic'
import { drawnTheme } from '../state/theme'
import { LevelAt } from './LevelAt'
import { useHits } from './useHits'

/** Names of the empty lanes before the first run; the real ones come with it. */
const emptyLanes = ['main', 'loop', 'task']
const emptyThreadLanes = ['main', 'thread-1', 'thread-2']

export function ChartArea({ height }: { readonly height: number }) {
  const hits = useHits()
  const choose = (bar: ChartSelection | null) => select(bar && { run: bar.run as RunId, task: bar.task, span: bar.span })
  return (
    <div class="chart" data-chart>
      <Timeline
        runs={timelineRuns()}
        version={frames.value}
        theme={drawnTheme.value}
        selection={selection.value && { ...selection.value, culprit: culprit.value }}
        onSelect={choose}
        onView={setChartView}
        onMeasure={measure}
        onPoint={setPointedAt}
        hits={hits}
        words={t().timeline}
        height={height}
        panelsOpen={panelsOpen.value}
        lanes={laneView.value}
        onLanes={arrangeLanes}
        minimap={minimapChoice.value}
        onMinimap={showMinimap}
        placeholder={chosen.value?.group === 'threads' ? emptyThreadLanes : emptyLanes}
      />
    </div>
  )
}

export function ChartKey() {
  return shown.value.length > 0 ? (
    <Key runs={timelineRuns()} version={frames.value} theme={drawnTheme.value} words={t().timeline} scale={chartScale()} />
  ) : null
}

/** Runs that are stacked get a caption each; a single one has its title above the chart. */
export function timelineRuns(): readonly TimelineRun[] {
  const stacked = shown.value.length > 1
  const offset = offsets.value
  return shown.value.map((run, index) => {
    const scenario = scenarioById(run.info.scenario)
    const base = {
      id: run.info.id,
      store: run.store,
      // What is only made up is not under way: nothing of it is drawn up to now, as long as its spans come.
      live: isLive(run) && comingOf(run) === null,
      total: run.info.totalSeconds,
      expected: run.info.idealSeconds,
    }
    if (!stacked || !scenario) return base
    const caption = local(scenario.menu)
    const note = local(scenario.contrastNote)
    if (!offset) return { ...base, caption, note }
    const own = offset[index] ?? null
    return { ...base, caption, note: own === null ? t().contrast.align.lacks(note) : note, offset: own }
  })
}

/** CSS px for a programme second. */
const chartScale = () => {
  const { t0, t1, width } = chartView.value
  return t1 > t0 ? width / (t1 - t0) : 0
}

/** Under the lanes, where the run has a level: how long its queue was. A queue that was always empty says nothing that needs the room. */
export function ChartLevels() {
  frames.value
  const run = shown.value.length === 1 ? shown.value[0] : undefined
  const view = chartView.value
  if (!run?.store.levels.some(({ value }) => value > 0) || view.t1 <= view.t0) return null
  return (
    <LevelChart store={run.store} view={view} theme={drawnTheme.value} version={run.store.version} words={t().figure.level}>
      <LevelAt store={run.store} />
    </LevelChart>
  )
}
