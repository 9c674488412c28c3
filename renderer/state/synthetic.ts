/** Runs that were made up, and what of a large run is still on its way to this page. */
import { t } from '../locales'
import { send } from './commands'
import { hasCome, isLive } from './derived'
import type { RunView } from './index'

/** `synthetic: made up from seed 1, not measured`; null: it was measured. */
export const syntheticText = ({ info }: RunView): string | null =>
  info.synthetic ? t().synthetic.label(info.synthetic.seed) : null

/** How much of a run has come, and how much there will be. */
export interface Coming {
  readonly come: number
  readonly all: number
  /** It is being made while it comes. */
  readonly made: boolean
}

/** A shorter run has come before anybody could read how much of it. */
const longRun = 20_000

/** Null: nothing worth saying is on its way. */
export function comingOf(run: RunView): Coming | null {
  const { info, store } = run
  const { spans, markers, outputs } = store
  if (isLive(run)) {
    const made = info.synthetic !== null && spans.length < info.synthetic.spans
    return made ? { come: spans.length, all: info.synthetic.spans, made } : null
  }
  const all = info.measured.rows
  if (hasCome(run) || all < longRun) return null
  return { come: spans.length + markers.length + outputs.length, all, made: false }
}

/** Ends the making of a synthetic run and lets go of what there is of it, here and in the engine. */
export function cancelSynthetic({ info }: RunView): void {
  send({ type: 'stop', runs: [info.id] })
  send({ type: 'forget', runs: [info.id] })
}
