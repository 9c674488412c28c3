/**
 * Every word that the charts show. The drawing code holds no text of its own: a language is one object of this type. Examples in English stand
 * beside each member. Times arrive already written (model/format.ts); SI symbols on axes and in flags are the same in every language.
 */
import type { End, LaneKind, State } from '#protocol/vocabulary'
import type { TimeUnits } from '../model/format'
import type { LaneFacts } from '../model/laneFacts'

export interface TimelineWords {
  readonly states: Readonly<Record<State, string>>
  readonly ends: Readonly<Record<End, string>>
  readonly marks: Readonly<Record<MarkWord, string>>
  /** Second line of a lane's head: `main` and `thread`: "thread", `daemon`: "daemon", `loop`: "loop", `onLoop`: "on the loop", `consumer`: "consumer". */
  readonly kinds: Readonly<Record<LaneKind | 'onLoop' | 'onServer', string>>
  /** In the empty row of a loop: "idle: no task yet". */
  readonly idle: string
  /** How units are written in labels and sentences: "s", in Chinese "秒". */
  readonly units: TimeUnits
  readonly label: LabelWords
  /** What the wire says in the engine's own words ("retry in 2 s", "“abc” is not a number of seconds …"); names and texts of programmes as they are. */
  readonly wire: (text: string) => string
  /** On the flag of main's end: "main ends 0.003 s". */
  readonly mainEnds: (time: string) => string
  /** In the arrow between two totals: "3.0 s sooner". */
  readonly sooner: (time: string) => string
  /** The same where runs are aligned at a moment other than their start: "from 0 on, 3.0 s sooner". */
  readonly soonerAfter: (time: string) => string
  /** The same where tasks of the shorter run never ended: "2.0 s earlier, but 1 task did not end". */
  readonly cutShort: (time: string, tasks: number) => string
  /** Corner of a lens: "first 14 ms, enlarged 1,100 times". */
  readonly lens: (time: string, times: number) => string
  readonly tooltip: TooltipWords
  /** On the button, and the key beside it, by which a live run is followed again: "Follow again". */
  readonly follow: string
  /** Said where the key for the next failure finds none: "No task failed or was killed." */
  readonly noFailure: string
  /** Of what was found, where its first, second … is selected: "3 of 12 found"; where none is: "12 found". */
  readonly hits: (place: number | null, count: number) => string
  /** "The next task found, by time (])" */
  readonly toHit: (direction: 1 | -1) => string
  /** Of what is measured: "12 tasks, threads taken 63 % of the time, mean of 3 lanes". `held`: a share of 1. */
  readonly range: (about: { readonly tasks: number; readonly held: number; readonly lanes: number }) => string
  /** "Stop measuring (Esc)" */
  readonly clearRange: string
  readonly lanes: LaneWords
  readonly minimap: MinimapWords
  /** Name of the whole chart for a screen reader: "Timeline. W A S D move the view, arrows the selection." */
  readonly chart: string
  /** What the picture shows, for a screen reader: "2 runs, 6 lanes, 6 tasks, 0 failed; from 0 s to 10 s." */
  readonly picture: (about: PictureAbout) => string
}

export type MarkWord =
  | 'loopBlocked'
  | 'mainEnd'
  | 'join'
  | 'message'
  | 'retry'
  | 'push'
  | 'stop'
  | 'loopLife'
  | 'callback'
  | 'note'
  | 'lost'
  | 'uncertainty'

/** `time` is null while the state lasts. */
export interface LabelWords {
  /** "sleeps 6 s" / "sleeps" */
  readonly sleeps: (time: string | null) => string
  /** "sleeps 6 s, holds the loop" */
  readonly sleepsHolding: (time: string | null) => string
  /** "runs 6 s, holds the loop" */
  readonly runsHolding: (time: string | null) => string
  /** "runs 6 s" */
  readonly runs: (time: string | null) => string
  /** "suspended 6 s" */
  readonly suspended: (time: string | null) => string
  /** "suspended 6 s, the loop is free" */
  readonly suspendedFree: (time: string | null) => string
  /** "ready, cannot run for 6.000 s" / "ready, cannot run" */
  readonly ready: (time: string | null) => string
  readonly created: string
  /** What the wire says is waited for ("queue", "thread-2", "BLMOVE queue", or "" if it does not say): "waits for the queue"; a command as it is. */
  readonly waits: (what: string) => string
  /** "first: sleeps 6 s" */
  readonly of: (task: string, text: string) => string
}

export interface TooltipWords {
  /** "from", "to", "lasted", "waits for", "does", "end", "error", "at", "task", "says", "after its end", "lost": the first column of the tooltip. */
  readonly from: string
  readonly to: string
  readonly lasted: string
  readonly waitsFor: string
  readonly does: string
  readonly end: string
  readonly error: string
  readonly at: string
  readonly task: string
  readonly says: string
  /** How long after the task's end the message or the join was, in real time. */
  readonly after: string
  /** The same, where it was there before. */
  readonly before: string
  readonly lost: string
  /** "312 marks" */
  readonly marks: (count: number) => string
  /** "The recorder was full: what happened there is unknown." */
  readonly lostWhy: string
  /** In place of an end: "still". */
  readonly still: string
  /** "and 12 more in this pixel" */
  readonly more: (count: number) => string
  /** Over marks of several kinds that are drawn as one: "3 marks in one place". */
  readonly marksHere: (count: number) => string
  /** "and 2 more in the same place" */
  readonly moreMarks: (count: number) => string
}

export interface LaneWords {
  /** Name of all heads together: "Lanes". */
  readonly all: string
  /** On the head that has the focus, after its name: "3 tasks in 2 rows, 1 failed or killed, folded, pinned". */
  readonly facts: (facts: LaneFacts & { readonly folded: boolean; readonly pinned: boolean }) => string
  /** Said when it was moved: "loop is now lane 2 of 64." */
  readonly moved: (name: string, place: number, of: number) => string
  /** What is said for a caption: "Join, 4 lanes". */
  readonly ofRun: (name: string, lanes: number) => string
  /** Tips of the signs beside a head: "Fold (C)" … */
  readonly fold: string
  readonly unfold: string
  readonly pin: string
  readonly unpin: string
  /** Name of the field, and what stands in it while it is empty: "Filter lanes". */
  readonly filter: string
  /** Its tip: "Shows only the lanes with this in their name (L)". */
  readonly filterTitle: string
  /** "3 of 64 lanes"; where all are shown "64 lanes". */
  readonly count: (shown: number, all: number) => string
  /** "No lane has “x” in its name. Esc shows all." */
  readonly nothing: (text: string) => string
}

export interface MinimapWords {
  /** Its tip: "All lanes over the whole run; drag the frame to move the view (M hides it)". */
  readonly title: string
  /** Under the pointer: "12.4 s: 3 failed, 1 killed". */
  readonly at: (time: string, ends: readonly (readonly [End, number])[]) => string
}

export interface PictureAbout {
  readonly runs: number
  readonly lanes: number
  readonly tasks: number
  readonly failed: number
  /** Programme seconds, written for the axis. */
  readonly from: string
  readonly to: string
}

/** One row of the legend: its word, what it means, and how it is told without colour. */
export interface LegendRow {
  readonly word: string
  readonly meaning: string
  readonly cue: string
}

export interface LegendWords {
  /** Heads of the columns: "word", "28 px lane", "14 px lane", "dense", "meaning", "second cue". */
  readonly heads: Readonly<Record<'word' | 'normal' | 'compact' | 'dense' | 'meaning' | 'cue', string>>
  /** "States: what a task does. Full height: its thread is taken. Half height: its thread is free." / "Ends, and one alert" / "Marks" */
  readonly groups: Readonly<Record<'states' | 'ends' | 'marks', string>>
  readonly rows: Readonly<Record<State | End | MarkWord, LegendRow>>
  /** As TimelineWords.mainEnds, for the flag in the picture. */
  readonly mainEnds: (time: string) => string
}
