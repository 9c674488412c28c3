/**
 * All state of the page in one list; whatever can be worked out of it is in derived.ts. Changed by ingest.ts (what the engine says) and
 * actions.ts (what the person does), read by panels.
 */
import { signal } from '@preact/signals'
import type { ScenarioInfo } from '#protocol/catalogue'
import type { DeadLetter } from '#protocol/deadLetters'
import type { HostInfo, RunId, RunInfo, SourceStatus } from '#protocol/messages'
import { defaultSettings, type LanguageSetting, type Settings, type ThemeSetting } from '#protocol/settings'
import { atStart, type Moment } from '../model/alignment'
import type { LaneView } from '../model/laneView'
import type { RunStore } from '../model/runStore'
import type { Outcome, Sorting } from '../model/taskOrder'
import type { Connection } from './connection'

/** What the main area shows. */
export type Place = { readonly kind: 'start' } | { readonly kind: 'programme'; readonly id: string } | { readonly kind: 'legend' }

/** One run as the page holds it. */
export interface RunView {
  readonly info: RunInfo
  /** Grows with each frame; `frames` says when. */
  readonly store: RunStore
  readonly source: SourceView | null
}

export interface SourceView {
  readonly status: SourceStatus
  /** Wall clock, ms; null: no attempt is planned. */
  readonly nextAttemptAt: number | null
}

export interface Selection {
  readonly run: RunId
  readonly task: number
  /** The one of its bars that is meant; null or missing: the task as a whole. */
  readonly span?: number | null
}

export interface Notice {
  readonly id: number
  /** In the language of the page. */
  readonly say: () => string
}

/** The panel of dead letters of one run. */
export interface DeadPanel {
  readonly run: RunId
  /** As typed. */
  readonly find: string
  /** What was found so far, the newest first. */
  readonly letters: readonly DeadLetter[]
  /** Where the list goes on; 0: this is all; null: nothing has come yet. */
  readonly next: number | null
  /** Letters of the queue when it was last asked. */
  readonly total: number
  /** By digest. */
  readonly chosen: ReadonlySet<string>
  /** What is going on, and how many letters it has done so far. */
  readonly busy: { readonly kind: 'list' | 'export' | 'retry' | 'clear'; readonly done: number } | null
  /** Deleting was asked for and is to be confirmed. */
  readonly confirming: boolean
  /** What became of the last thing that was done, in the language of the page. */
  readonly said: (() => string) | null
  readonly problem: (() => string) | null
}

export type Tab = 'typescript' | 'python' | 'figure' | 'fleet' | 'output' | 'statistics'

/** At which moment of theirs the runs on one axis are laid over one another. */
export const alignedAt = signal<Moment>(atStart)

/** The line to the engine. */
export const connection = signal<Connection>({ phase: 'connecting' })

/** Which host and runtime answered; null before its welcome. */
export const host = signal<HostInfo | null>(null)

/** Threads that wait, warm, for the next run. */
export const warmThreads = signal(0)

/** Every programme that the engine can run, in its order; empty before its welcome. */
export const catalogue = signal<readonly ScenarioInfo[]>([])

export const place = signal<Place>({ kind: 'start' })

/** The values that were set last, by scenario and parameter, also in earlier starts of the app; what is missing is at its default. */
export const lastValues = signal<Settings['parameters']>({})

/** What stands in the parameter fields instead of the last values, by scenario and parameter: as typed so far. */
export const typed = signal<Readonly<Record<string, Readonly<Record<string, string>>>>>({})

/** Speed factor of the next run; a run keeps the one it was started with. */
export const speed = signal(defaultSettings.speed)

/** Contrast is on: where the chosen programme has counterparts, all of them are run and shown together. */
export const contrasting = signal(false)

/** Every run of which the engine holds the history, by id, oldest first. */
export const runs = signal<ReadonlyMap<RunId, RunView>>(new Map())

/** A start was asked for and the engine has not answered yet. */
export const starting = signal(false)

/** Rises at most once per animation frame, when frames of a run were appended. For what moves with time: the chart. */
export const frames = signal(0)

/** The same, at most ten times a second: for texts and tables, which nobody can read any faster. */
export const slowFrames = signal(0)

/** The task that is lit in chart, table and sentence. */
export const selection = signal<Selection | null>(null)

export const themeSetting = signal<ThemeSetting>(defaultSettings.theme)

export const languageSetting = signal<LanguageSetting>(defaultSettings.language)

/** The browser's own language, as `zh-CN`. */
export const browserLanguage = signal('en')

/** The system prefers dark (prefers-color-scheme). */
export const systemDark = signal(false)

/** The system forces its own colours (forced-colors), as Windows' contrast themes do. */
export const forcedColours = signal(false)

/** Size of the window in CSS px. */
export const viewport = signal({ width: 1440, height: 900 })

/** The panels below the chart are shown. */
export const panelsOpen = signal(true)

/** The person opened or closed the sidebar; null: as the window's width says. */
export const sidebarChoice = signal<boolean | null>(null)

/** How the table of tasks is sorted; null: as the tasks were made. */
export const tableSorting = signal<Sorting | null>(null)

/** What is looked for in the table of tasks; '': all are shown. */
export const tableFind = signal('')

/** Only tasks to which that came are in the table; null: all. */
export const tableOutcome = signal<Outcome | null>(null)

/** Only tasks of that lane are in the table, by its name, which runs of a programme share; null: all. */
export const tableLane = signal<string | null>(null)

/** How the lanes of what is shown are arranged, by the id of the uppermost run; kept while the page lives, forgotten with the run. */
export const laneViews = signal<ReadonlyMap<RunId, LaneView>>(new Map())

/** The minimap is shown; null: where it helps. */
export const minimapChoice = signal<boolean | null>(null)

/** What the chart shows, programme seconds, and in how many CSS px: what is too short to be seen is not in the key. */
export const chartView = signal({ t0: 0, t1: 0, width: 0 })

/** Where the pointer or the keyboard is on the chart's axis, programme seconds; null: nowhere. */
export const pointedAt = signal<number | null>(null)

/** The part of time that is measured, programme seconds on the axis; null: none is. */
export const measuredRange = signal<{ readonly from: number; readonly to: number } | null>(null)

/** The dialog "How this was measured" is open. */
export const measuredOpen = signal(false)

/** Tab of the pane beside the table. */
export const tab = signal<Tab>('typescript')

/** Tab of the pane beside the code, where there is room for one. */
export const sideTab = signal<Tab>('figure')

/** Tab of the one pane beside the table of a queue that is looked at. */
export const watchTab = signal<Tab>('fleet')

/** The run that was stopped so that its queue can be looked for elsewhere; null: none was. */
export const readdressed = signal<RunId | null>(null)

/** The panel of dead letters; null: closed. */
export const deadPanel = signal<DeadPanel | null>(null)

/** Text of the field with values to push, as typed; null: never touched. */
export const pushText = signal<string | null>(null)

/** Sentences that need to be read once: commands refused, a scenario unknown. */
export const notices = signal<readonly Notice[]>([])

/** Messages of the engine that could not be read. */
export const unreadable = signal(0)
