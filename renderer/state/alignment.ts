/** At which moment of theirs the runs on one axis are laid over one another. */
import { computed } from '@preact/signals'
import { t } from '../locales'
import { atStart, commonMoments, type Moment, sameMoment, timeOf } from '../model/alignment'
import { hasCome, shown, shownLive } from './derived'
import { alignedAt, slowFrames } from './index'

/** The stores of what is shown; they grow for a while after their runs are over. */
const stores = computed(() => {
  if (!shown.value.every(hasCome)) slowFrames.value
  return shown.value.map(({ store }) => store)
})

/** What can be chosen; of runs that go on nothing but their start, for what is to come is not known. */
export const moments = computed<readonly Moment[]>(() => {
  if (stores.value.length < 2 || shownLive.value) return [atStart]
  const common = commonMoments(stores.value)
  const chosen = alignedAt.value
  const isExtra = !common.some((one) => sameMoment(one, chosen)) && stores.value.some((store) => timeOf(store, chosen) !== null)
  return isExtra ? [...common, chosen] : common
})

/** What was chosen last, if any of what is shown has it. */
export const alignment = computed(() => moments.value.find((one) => sameMoment(one, alignedAt.value)) ?? atStart)

/** For each run: programme seconds to its start from the moment that they share, null: it has none. Undefined: all stand at their start. */
export const offsets = computed<readonly (number | null)[] | undefined>(() => {
  const moment = alignment.value
  if (moment.kind === 'start') return undefined
  return stores.value.map((store) => {
    const time = timeOf(store, moment)
    return time === null ? null : -time
  })
})

/** Where the start of a shown run stands on the axis that they share, programme seconds. */
export const offsetAt = (index: number): number => offsets.value?.[index] ?? 0

/** "main’s end", "Task begins: first". */
export const sayMoment = (moment: Moment): string =>
  'name' in moment ? `${t().contrast.moments[moment.kind]}: ${moment.name}` : t().contrast.moments[moment.kind]
