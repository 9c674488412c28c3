/** Figures of what is selected: how many tasks, how they ended, how long they waited and ran, how busy each lane's thread was. */
import { HistogramChart } from '../charts/HistogramChart'
import { t } from '../locales'
import { prose } from '../model/format'
import { rangeSums } from '../model/rangeSums'
import type { Statistics as Figures, Spread } from '../model/statistics'
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
      <SpreadTable statistics={statistics} />
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

function SpreadTable({ statistics }: { readonly statistics: Figures }) {
  const words = t().statistics
  const cell = (spread: Spread, figure: (typeof figures)[number]) =>
    figure === 'count' ? words.number(spread.count) : prose(spread[figure])
  return (
    <table>
      <caption class="for-readers">{words.caption}</caption>
      <thead>
        <tr>
          <td />
          {spreads.map(({ of }) => (
            <th key={of} scope="col">
              {t().tasks.columns[of]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {figures.map((figure) => (
          <tr key={figure}>
            <th scope="row">{words.figures[figure]}</th>
            {spreads.map(({ of }) => {
              const spread = statistics[of]
              return <td key={of}>{spread ? cell(spread, figure) : t().tasks.noValue}</td>
            })}
          </tr>
        ))}
      </tbody>
    </table>
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
