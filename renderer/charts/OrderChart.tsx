/** Start, finish and result order as three columns: where lines cross, somebody was overtaken. */
import type { Orders } from '../model/orders'
import { SmallChart, type SmallConfiguration } from './smallChart'

export interface OrderWords {
  readonly columns: readonly [start: string, finish: string, result: string]
  /** For a screen reader: "Order of start: a, b. Order of finish: b, a. Order of results: a, b." */
  readonly picture: (start: string, finish: string, result: string) => string
}

interface OrderChartProps {
  readonly orders: Orders
  readonly theme: string
  readonly version: number
  readonly words: OrderWords
}

const nameSpace = 76

export function OrderChart({ orders, theme, version, words }: OrderChartProps) {
  const { names, start, finish } = orders
  const configure = (
    colours: Readonly<Record<'ink' | 'ink-2' | 'grid' | 'surface', string>>,
    font: string,
  ): SmallConfiguration => ({
    type: 'line',
    data: {
      labels: [...words.columns],
      datasets: names.map((name, index) => ({
        label: name,
        // A task that has not finished has a gap there.
        data: [start[index] ?? Number.NaN, finish[index] ?? Number.NaN, finish[index] ? index + 1 : Number.NaN],
        borderColor: colours.ink,
        borderWidth: 1.5,
        pointRadius: 4,
        pointBackgroundColor: colours.surface,
        pointBorderColor: colours.ink,
        pointBorderWidth: 1.5,
        clip: false as const,
      })),
    },
    options: {
      layout: { padding: { top: 4, bottom: 8, left: nameSpace, right: nameSpace } },
      scales: {
        x: {
          type: 'category',
          position: 'top',
          border: { display: false },
          grid: { color: colours.grid, drawTicks: false },
          ticks: { color: colours['ink-2'], font: { family: font, size: 12 } },
        },
        y: { type: 'linear', display: false, reverse: true, min: 0.6, max: names.length + 0.4 },
      },
    },
    plugins: [
      {
        id: 'names',
        afterDatasetsDraw({ ctx, chartArea, scales }) {
          ctx.save()
          ctx.font = `12px ${font}`
          ctx.fillStyle = colours.ink
          ctx.textBaseline = 'middle'
          names.forEach((name, index) => {
            const short = name.length > 10 ? `${name.slice(0, 9)}…` : name
            const write = (rank: number | null | undefined, x: number, align: CanvasTextAlign) => {
              if (!rank) return
              ctx.textAlign = align
              ctx.fillText(short, x, scales['y']!.getPixelForValue(rank))
            }
            write(start[index], chartArea.left - 12, 'right')
            write(finish[index] ? index + 1 : null, chartArea.right + 12, 'left')
          })
          ctx.restore()
        },
      },
    ],
  })
  const by = (ranks: readonly (number | null)[]) =>
    names
      .map((name, index) => ({ name, rank: ranks[index] ?? null }))
      .filter(({ rank }) => rank !== null)
      .sort((a, b) => a.rank! - b.rank!)
      .map(({ name }) => name)
      .join(', ')
  const label = words.picture(by(start), by(finish), names.filter((_, index) => finish[index]).join(', '))
  return <SmallChart configure={configure} changes={[orders, theme, version, words]} label={label} />
}
