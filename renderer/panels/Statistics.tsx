/** Figures of what is selected: how many tasks, how they ended, how long they waited and ran, how busy each lane's thread was. */
import { HistogramChart } from '../charts/HistogramChart'
import { t } from '../locales'
import { prose } from '../model/format'
import { rangeSums } from '../model/rangeSums'
import type { Statistics as Figures, JourneyFigures, Spread } from '../model/statistics'
import { momentLabel } from '../model/timeLabels'
import { slowFrames } from '../state'
import { offsetAt } from '../state/alignment'
import { menuOf, shown } from '../state/derived'
import { drawnTheme } from '../state/theme'
import { type Scope, useStatistics } from './useStatistics'

const outcomes = ['finished', 'failed', 'cancelled', 'killed', 'pending', 'goesOn'] as const
const figures = ['count', 'p50', 'p95', 'p99', 'longest'] as const
const spreads = [
  { of: 'waited', colour: 'ready' },
  { of: 'ran', colour: 'running' },
] as const
const journeyTimes = ['inRedis', 'toStart', 'toSettled'] as const
/** More lanes than anybody reads. */
const mostLanes = 32

export function Statistics() {
  slowFrames.value
  const words = t().statistics
  const found = useStatistics()
  if (!found || found.statistics.tasks === 0) return <p class="nothing">{words.idle}</p>
  const { scope, statistics } = found
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be reached by Tab
    <section class="statistics" tabIndex={0} aria-label={t().code.statistics}>
      <p class="of">
        <b>{words.of(statistics.tasks, said(scope))}</b> {endsOf(statistics)}
      </p>
      <SpreadTable
        caption={words.caption}
        columns={spreads.map(({ of }) => ({ name: t().tasks.columns[of], spread: statistics[of] }))}
      />
      {statistics.journey && <JourneyTable journey={statistics.journey} />}
      {spreads.map(({ of, colour }) => {
        const spread = statistics[of]
        return (
          spread && (
            <figure key={of}>
              <figcaption>{t().tasks.columns[of]}</figcaption>
              <HistogramChart
                histogram={spread.histogram}
                of={t().tasks.columns[of]}
                colour={colour}
                theme={drawnTheme.value}
                words={words.histogram}
              />
            </figure>
          )
        )
      })}
      {scope.kind === 'range' && <Held {...scope} />}
      <p class="note">{words.note}</p>
    </section>
  )
}

function said(scope: Scope): string {
  const words = t().statistics
  if (scope.kind === 'function') return words.function(scope.name)
  if (scope.kind === 'all') return words.all
  const step = Math.max(1e-9, (scope.to - scope.from) / 1000)
  const at = (time: number) => momentLabel(time, step, Math.max(-scope.from, scope.to))
  return words.range(at(scope.from), at(scope.to))
}

function endsOf({ ends }: Figures): string {
  const words = t().statistics
  return outcomes.flatMap((end) => (ends[end] > 0 ? [words.ended(end, ends[end])] : [])).join(words.comma)
}

interface SpreadTableProps {
  readonly caption: string
  /** It stands above the table, and is not for screen readers alone. */
  readonly shown?: boolean
  readonly columns: readonly { readonly name: string; readonly spread: Spread | null }[]
}

function SpreadTable({ caption, shown = false, columns }: SpreadTableProps) {
  const words = t().statistics
  const cell = (spread: Spread, figure: (typeof figures)[number]) =>
    figure === 'count' ? words.number(spread.count) : prose(spread[figure])
  return (
    <table>
      <caption class={shown ? undefined : 'for-readers'}>{caption}</caption>
      <thead>
        <tr>
          <td />
          {columns.map(({ name }) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {figures.map((figure) => (
          <tr key={figure}>
            <th scope="row">{words.figures[figure]}</th>
            {columns.map(({ name, spread }) => (
              <td key={name}>{spread ? cell(spread, figure) : t().tasks.noValue}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Of what came from a queue. */
function JourneyTable({ journey }: { readonly journey: JourneyFigures }) {
  const words = t().statistics.journey
  return (
    <>
      <SpreadTable caption={words.caption} shown columns={journeyTimes.map((of) => ({ name: words[of], spread: journey[of] }))} />
      <p class="note">
        {words.note}
        {journey.ahead > 0 && `${t().sentence.gap}${words.ahead(journey.ahead)}`}
      </p>
    </>
  )
}

/** Of each lane, for which part of the time its thread was taken. */
function Held({ from, to }: { readonly from: number; readonly to: number }) {
  const words = t().statistics
  const lanes = shown.value.flatMap(({ info, store }, index) => {
    const offset = offsetAt(index)
    const { held } = rangeSums(store, from - offset, to - offset, store.now)
    const of = shown.value.length > 1 ? `${menuOf(info.scenario)}: ` : ''
    return store.lanes.map(({ name }, lane) => ({
      key: `${info.id} ${lane}`,
      name: `${of}${name}`,
      share: held[lane]! / (to - from),
    }))
  })
  return (
    <table>
      <caption>{words.held}</caption>
      <tbody>
        {lanes.slice(0, mostLanes).map(({ key, name, share }) => (
          <tr key={key}>
            <th scope="row">{name}</th>
            <td>{words.percent(share)}</td>
          </tr>
        ))}
      </tbody>
      {lanes.length > mostLanes && (
        <tfoot>
          <tr>
            <td colSpan={2}>{words.moreLanes(lanes.length - mostLanes)}</td>
          </tr>
        </tfoot>
      )}
    </table>
  )
}
