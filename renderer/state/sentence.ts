/** The one sentence under the chart: what happened, then why. Worked out from the run's phase, its tasks and the selected task. */
import { computed } from '@preact/signals'
import type { SourceStatus } from '#protocol/messages'
import { t } from '../locales'
import { brief, difference, exact } from '../model/format'
import { insightOf } from '../model/insights'
import { holderOf, tasksOf, worstHolder } from '../model/insights/holder'
import type { Insight, InsightKind } from '../model/insights/insight'
import { isLive, scenarioById } from './derived'
import { connection, type RunView, runs, type Selection, selection, slowFrames } from './index'
import { insightText } from './insightText'
import { lossSentence } from './moments'

export interface Sentence {
  /** Changes when the sentence says something else and not only a later time: then a screen reader hears it. */
  readonly kind: string
  readonly text: string
  readonly tone: 'plain' | 'held' | 'alert'
}

const plain = (kind: string, text: string): Sentence => ({ kind, text, tone: 'plain' })
const held = (kind: string, text: string): Sentence => ({ kind, text, tone: 'held' })
const alert = (kind: string, text: string): Sentence => ({ kind, text, tone: 'alert' })
/** An ideal is a round figure; of none at all the unit is still seconds. */
const idealText = (seconds: number) => brief(seconds, t().units).replace(/^0\s.*$/, `0\u00a0${t().units.s}`)
const time = (seconds: number) => exact(seconds, t().units)

/** Sentences as the language puts them one after another. */
const together = (...sentences: readonly string[]) => sentences.join(t().sentence.gap)

/** What was lost is said whatever else there is to say: nobody may trust the picture there. */
export function sentenceOf(run: RunView): Sentence {
  const said = whatHappened(run, selection.value?.run === run.info.id ? selection.value : null)
  const lost = lossSentence(run.store)
  return lost === null ? said : alert(`${said.kind} lost`, together(said.text, lost))
}

function whatHappened(run: RunView, selected: Selection | null): Sentence {
  const words = t().sentence
  if (run.info.phase === 'failed') return alert('failed', words.failed(t().timeline.wire(run.info.error ?? '')))
  if (selected !== null && selected.task < run.store.taskCount) return ofTask(run, selected)
  if (isLive(run) && connection.value.phase !== 'connected') return alert('unknown', words.unknownSince(time(run.store.now)))
  const { synthetic } = run.info
  if (synthetic) return plain('synthetic', t().synthetic.sentence(synthetic.seed, run.store.spans.length, run.store.lanes.length))
  if (run.info.phase === 'preparing') return plain('preparing', words.preparing)
  if (run.info.phase === 'stopping') return plain('stopping', words.stopping)
  return isLive(run) ? whileRunning(run) : afterwards(run)
}

/** What there is to say of the selected bar. */
const insight = computed<Insight | null>(() => {
  slowFrames.value
  const selected = selection.value
  const run = selected && runs.value.get(selected.run)
  if (!run || selected.task >= run.store.taskCount) return null
  return insightOf(run.store, run.info.speed, selected.task, selected.span ?? null)
})

/** The task to blame for what the selected bar shows. */
export const culprit = computed<number | null>(() => insight.value?.culprit ?? null)

function whileRunning(run: RunView): Sentence {
  const words = t().sentence
  const soFar = difference(run.store.now, t().units)
  if (run.source && scenarioById(run.info.scenario)?.source === 'watch') return whileWatching(run.source.status, soFar)
  if (run.source) {
    const { inFlight, finished, failed } = run.source.status
    if (inFlight + finished + failed === 0) return plain('queueEmpty', words.queueEmpty(soFar))
    return plain(`queue ${finished} ${failed}`, words.queue(soFar, inFlight, finished, failed))
  }
  const tasks = tasksOf(run.store)
  const ready = tasks.filter((task) => task.ready !== null && task.started === null && task.end === null)
  const holder = ready[0] && holderOf(run.store, ready[0], tasks)
  if (holder && ready[0]) {
    const names = ready.length > 3 ? String(ready.length) : ready.map((task) => task.name).join(words.list)
    return held(`held ${holder.task.name} ${names}`, words.runningHeld(soFar, holder.task.name, names, ready.length))
  }
  const open = tasks.filter((task) => task.end === null && run.store.lanes[task.lane]?.kind !== 'main').length
  return plain('running', open > 0 ? words.runningTasks(soFar, open) : words.running(soFar))
}

function whileWatching({ phase, finished, failed, watch }: SourceStatus, soFar: string): Sentence {
  const words = t().sentence
  if (!watch) return plain('watchedUnseen', words.watchedUnseen(soFar))
  if (phase !== 'watching') return plain('watchedBefore', words.watchedBefore(soFar))
  return plain(`watched ${finished} ${failed}`, words.watched(soFar, watch.inFlight, finished, failed))
}

function afterwards(run: RunView): Sentence {
  const words = t().sentence
  const { store, info } = run
  const tasks = tasksOf(store)
  const total = info.totalSeconds ?? store.now
  // What a server or a worker elsewhere was still about when the programme ended is not what happened in the programme.
  const others = (lane: number) => ['server', 'worker'].includes(store.lanes[lane]?.kind ?? '')
  const killed = tasks.filter(({ end, lane }) => end === 'killed' && !others(lane))
  if (info.phase === 'stopped')
    return plain('stopped', killed.length > 0 ? words.stoppedOpen(time(total), killed.length) : words.stopped(time(total)))
  const failed = tasks.find((task) => task.end === 'failed')
  if (failed) return alert('taskFailed', words.taskFailed(failed.name, t().timeline.wire(failed.error)))
  const mainEnd = store.markers.find((marker) => marker.kind === 'mainEnd')?.seconds ?? null
  const [first] = killed
  if (first && killed.every(({ lane }) => store.lanes[lane]?.kind === 'process'))
    return alert('killed', words.killed(first.name, time(first.finished ?? total)))
  if (mainEnd !== null && first) return alert('killed', words.killedWithMain(time(mainEnd), killed.length))
  const ideal = info.idealSeconds
  const finished = ideal === null ? words.finishedNoIdeal(time(total)) : words.finished(time(total), idealText(ideal))
  const blocked = worstHolder(store, info.speed, tasks)
  if (blocked) return held('blocked', together(finished, words.blocked(blocked.task.name, time(blocked.seconds), blocked.held)))
  if (mainEnd !== null && total - mainEnd > 0.5)
    return plain('outlived', together(finished, words.outlived(time(mainEnd), time(total))))
  const pending = tasks.filter((task) => task.end === 'pending')
  if (pending[0]) return plain('pending', together(finished, words.pending(pending[0].name, pending.length)))
  const note = store.markers.filter((marker) => marker.kind === 'note').at(-1)
  if (note) return plain('noted', together(finished, words.noted(time(note.seconds), shortened(note.text))))
  return plain('finished', finished)
}

/** A note may name a thousand tasks; the whole of it stands among the marks. */
const longestNote = 80
const shortened = (text: string) => (text.length > longestNote ? `${text.slice(0, longestNote)}…` : text)

/** Why the bar is as it is; a task that failed says first of all why. */
function ofTask({ store, info }: RunView, { task: index, span }: Selection): Sentence {
  const task = store.task(index)
  const kind = `task ${info.id} ${index} ${span ?? ''} ${task.end ?? 'open'}`
  if (task.end === 'failed') return alert(kind, t().sentence.taskFailed(task.name, t().timeline.wire(task.error)))
  const why = insight.value
  if (why) return { kind, text: insightText(task.name, why), tone: toneOf[why.kind] }
  if (task.end === 'killed' && task.finished !== null) return alert(kind, t().sentence.killed(task.name, time(task.finished)))
  return plain(kind, t().sentence.readyOnly(task.name, time(task.ready ?? 0)))
}

const toneOf: Readonly<Record<InsightKind, Sentence['tone']>> = {
  loopBlocked: 'held',
  neverSuspended: 'held',
  serverBusy: 'held',
  killedWithMain: 'alert',
  waitedForJoin: 'plain',
  waitedForLoop: 'plain',
  startedAfterJoin: 'plain',
  waitedForItem: 'plain',
  leftPending: 'plain',
  neverScheduled: 'plain',
  onTime: 'plain',
  unexplained: 'plain',
}
