/** What menus, forms and documents need to know of the scenarios. The engine sends it; the page imports no scenario. */
import type { ParameterInfo, Parameters } from './parameters'

/** A text in each language the product speaks. */
export interface LocalText {
  readonly en: string
  readonly zh: string
}

/** What has no translation: the words of a system, of a library, and of faults that only who mends a page ever sees. */
export const untranslated = (text: string): LocalText => ({ en: text, zh: text })

/** The groups of the menu, in its order; `developer` is no programme's, and stands apart. */
export const groups = ['threads', 'scheduling', 'redis', 'coroutines', 'loop', 'http', 'developer'] as const
export type GroupId = (typeof groups)[number]

export interface ScenarioInfo {
  /** As on the command line, for example `sync-scheduling`. */
  readonly id: string
  readonly group: GroupId
  readonly title: LocalText
  /** One or two words for the menu, where the group says the rest. */
  readonly menu: LocalText
  /** One paragraph: what to look for. */
  readonly lookFor: LocalText
  /** A few words under the name when runs are stacked: what sets this one apart from the others. */
  readonly contrastNote: LocalText
  readonly parameters: readonly ParameterInfo[]
  /** Ids that *Contrast* starts together, this one among them; empty: no contrast. */
  readonly contrast: readonly string[]
  /** Never ends by itself: it is stopped. */
  readonly endless: boolean
  /** Figure that the tutorials reported, as text, else null. It is of the defaults, and of `reportedWith`. */
  readonly reported: LocalText | null
  /** Other values of which the figure tells, too; what is missing is at its default. */
  readonly reportedWith?: Parameters
  /** A lesser chart beside the bars. order: of start, finish and result. length: finish order against length. */
  readonly figure?: 'order' | 'length'
  /** What the programme has to do with a queue: it takes from it, or only looks at it; else null. */
  readonly source: 'redis' | 'watch' | null
  /**
   * The programme as it stands in the running bundle's source map, without imports and metadata. Labels in trailing comments (`// @work-sleeping`)
   * tie its lines to bars, see renderer/model/labels.ts.
   */
  readonly typescript: string
  /** The same in Python: a complete program with the same labels (`# @work-sleeping`); its parameters are constants on top. */
  readonly python: string
}
