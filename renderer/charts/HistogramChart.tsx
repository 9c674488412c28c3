/** How often times of some length occurred: bars that touch, with the times between them below. */

import { brief, type TimeUnits } from '../model/format'
import type { Histogram } from '../model/statistics'
import type { Token } from './pen'
import { SmallChart, type SmallConfiguration } from './smallChart'

export interface HistogramWords {
  /** Axis: "tasks". */
  readonly tasks: string
  /** For a screen reader: "waited: 3 from 1 ms to 2 ms, 5 from 2 ms to 5 ms". */
  readonly picture: (
    of: string,
    bins: readonly { readonly from: string; readonly to: string; readonly count: number }[],
  ) => string
  readonly units: TimeUnits
}

interface HistogramChartProps {
  readonly histogram: Histogram
  /** What the times are: "waited". */
  readonly of: string
  readonly colour: Extract<Token, 'ready' | 'running'>
  readonly theme: string
  readonly words: HistogramWords
}

export function HistogramChart({ histogram, of, colour, theme, words }: HistogramChartProps) {
  const { edges, counts } = histogram
  const written = edges.map((edge) => writtenEdge(edge, words.units))
  const configure = (colours: Readonly<Record<Token, string>>, font: string): SmallConfiguration => {
    const ticks = { color: colours['ink-2'], font: { family: font, size: 11 } }
    return {
      type: 'bar',
      data: {
        datasets: [
          {
            label: of,
            // A bin stands between two edges.
            data: counts.map((count, bin) => ({ x: bin + 0.5, y: count })),
            backgroundColor: colours[colour],
            borderColor: colours.surface,
            borderWidth: { left: 0.5, right: 0.5 },
            categoryPercentage: 1,
            barPercentage: 1,
            // However few there are, they can be seen.
            minBarLength: 2,
          },
        ],
      },
      options: {
        layout: { padding: { top: 6, right: 20, left: 4 } },
        scales: {
          x: {
            type: 'linear',
            min: 0,
            max: counts.length,
            offset: false,
            grid: { display: false },
            border: { color: colours['hairline-strong'] },
            ticks: {
              ...ticks,
              stepSize: 1,
              maxRotation: 0,
              autoSkipPadding: 10,
              callback: (value) => written[Number(value)] ?? '',
            },
          },
          y: {
            type: 'linear',
            min: 0,
            title: { display: true, text: words.tasks, ...ticks },
            grid: { color: colours.grid },
            border: { display: false },
            ticks: { ...ticks, precision: 0, maxTicksLimit: 4 },
          },
        },
      },
    }
  }
  const bins = counts.flatMap((count, bin) => (count > 0 ? [{ from: written[bin]!, to: written[bin + 1]!, count }] : []))
  return <SmallChart configure={configure} changes={[histogram, theme, words]} label={words.picture(of, bins)} />
}

/** Edges are round: all of their figures, and no more. */
function writtenEdge(seconds: number, units: TimeUnits): string {
  if (seconds === 0 || seconds >= 120) return brief(seconds, units)
  const [by, unit] =
    seconds >= 1 ? [1, units.s] : seconds >= 1e-3 ? [1e3, units.ms] : seconds >= 1e-6 ? [1e6, units.us] : [1e9, units.ns]
  return `${Number((seconds * by).toPrecision(6))}\u00a0${unit}`
}
