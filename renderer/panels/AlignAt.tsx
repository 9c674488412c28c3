/** Where the runs on one axis are laid over one another: at their start, or at a moment that they share. */
import { t } from '../locales'
import { type Moment, sameMoment, taskMoments } from '../model/alignment'
import { alignAt } from '../state/actions'
import { alignment, moments, sayMoment } from '../state/alignment'
import { shown, shownLive } from '../state/derived'
import { ChevronIcon } from './icons'

const grouped = [...taskMoments, 'message'] as const

export function AlignAt() {
  if (shown.value.length < 2) return null
  const words = t().contrast.align
  const all = moments.value
  const indexOf = (moment: Moment) => String(all.findIndex((one) => sameMoment(one, moment)))
  const option = (moment: Moment) => (
    <option key={indexOf(moment)} value={indexOf(moment)}>
      {sayMoment(moment)}
    </option>
  )
  return (
    <label class="align-at" title={shownLive.value ? words.whenOver : undefined}>
      <span>{words.at}</span>
      <span class="chosen">
        <select
          value={indexOf(alignment.value)}
          disabled={shownLive.value}
          onChange={(event) => alignAt(all[Number(event.currentTarget.value)]!)}
        >
          {all.filter((moment) => !('name' in moment)).map(option)}
          {grouped.map((kind) => {
            const of = all.filter((moment) => moment.kind === kind)
            return (
              of.length > 0 && (
                <optgroup key={kind} label={t().contrast.moments[kind]}>
                  {of.map(option)}
                </optgroup>
              )
            )
          })}
        </select>
        <ChevronIcon />
      </span>
    </label>
  )
}
