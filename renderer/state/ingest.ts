/** What the engine says → state. The one place where events and frames become signals. */
import { batch } from '@preact/signals'
import type { Frame } from '#protocol/frame'
import type { EngineEvent, RunId, RunInfo } from '#protocol/messages'
import { unreachable } from '#protocol/unreachable'
import { local, t } from '../locales'
import { RunStore } from '../model/runStore'
import { openScenario } from './actions'
import type { Connection } from './connection'
import { deadLettersAnswered, deadLettersLost } from './deadLetters'
import { scenarioById } from './derived'
import { framesChanged } from './flush'
import * as state from './index'
import { forgetLanes } from './lanes'
import { addNotice } from './notices'
import { takeOver, welcomeSettings } from './settings'
import { comingOf } from './synthetic'

export function ingestConnection(connection: Connection): void {
  batch(() => {
    state.connection.value = connection
    if (connection.phase === 'connected') return
    state.starting.value = false
    deadLettersLost()
  })
}

/** Something arrived that is neither an event nor a frame. The status line shows how many there were, the console which. */
export function ingestUnreadable(problem: string): void {
  state.unreadable.value++
  console.warn(`A message of the engine could not be read: ${problem}`)
}

export function ingest(event: EngineEvent): void {
  batch(() => {
    switch (event.type) {
      case 'welcome':
        return welcome(event)
      case 'run':
        return changeRun(event.run)
      case 'forgotten':
        return forget(event.runs)
      case 'source':
        return changeSource(event)
      case 'dead':
        return deadLettersAnswered(event.id, event.answer)
      case 'settings':
        return takeOver(event.change)
      case 'notice':
        return addNotice(() => local(event.text))
      case 'refused':
        if (event.command === 'start') state.starting.value = false
        return addNotice(() => t().notices.refused(local(event.problem)))
      case 'warm':
        state.warmThreads.value = event.threads
        return
      default:
        return unreachable(event)
    }
  })
}

/** A frame of a run that was forgotten meanwhile has nowhere to go; that is no fault. */
export function appendFrame(frame: Frame): void {
  const run = state.runs.value.get(frame.run as RunId)
  if (!run) return
  run.store.append(frame)
  framesChanged(comingOf(run) !== null)
}

/** After it the engine sends every history from its beginning, so all stores begin anew: also after a reconnect. */
function welcome(event: Extract<EngineEvent, { type: 'welcome' }>): void {
  const first = state.host.value === null
  state.host.value = event.host
  state.catalogue.value = event.catalogue
  state.warmThreads.value = event.warmThreads
  state.starting.value = false
  state.runs.value = new Map(event.runs.map((info) => [info.id, { info, store: newStore(info), source: null }]))
  if (state.selection.value && !state.runs.value.has(state.selection.value.run)) state.selection.value = null
  if (state.deadPanel.value && !state.runs.value.has(state.deadPanel.value.run)) state.deadPanel.value = null
  welcomeSettings(event.settings)
  // A reconnect must not throw away what was chosen or typed since; only the first welcome opens something.
  if (!first) return
  const newest = event.runs.at(-1)
  if (newest) showRun(newest, event.runs)
  else if (event.open !== null) openScenario(event.open)
}

/** After a reload: the newest run is what was on the page. */
function showRun(newest: RunInfo, all: readonly RunInfo[]): void {
  const first = newest.group === null ? newest : all.find((run) => run.group === newest.group)
  openScenario((first ?? newest).scenario)
  state.contrasting.value = newest.group !== null
}

const newStore = (info: RunInfo) => new RunStore(info.id, info.speed)

function changeRun(info: RunInfo): void {
  const known = state.runs.value.get(info.id)
  if (!known) {
    state.starting.value = false
    // Who works on the queue is what one looks for; another tab is a choice that holds for this run.
    if (scenarioById(info.scenario)?.source === 'watch') state.watchTab.value = 'fleet'
  }
  const next = new Map(state.runs.value)
  next.set(info.id, { info, store: known?.store ?? newStore(info), source: known?.source ?? null })
  state.runs.value = next
}

function forget(ids: readonly RunId[]): void {
  const next = new Map(state.runs.value)
  for (const id of ids) next.delete(id)
  state.runs.value = next
  forgetLanes(ids)
  if (state.deadPanel.value && !next.has(state.deadPanel.value.run)) state.deadPanel.value = null
  if (state.selection.value && !next.has(state.selection.value.run)) state.selection.value = null
}

function changeSource({ run, status }: Extract<EngineEvent, { type: 'source' }>): void {
  const known = state.runs.value.get(run)
  if (!known) return
  const nextAttemptAt = status.nextAttemptInSeconds === null ? null : Date.now() + status.nextAttemptInSeconds * 1000
  state.runs.value = new Map(state.runs.value).set(run, { ...known, source: { status, nextAttemptAt } })
}
