/** A lesser chart of Chart.js on a canvas that fills its parent: made once, given new data and options when they change. */
import type { Chart, ChartConfiguration } from 'chart.js'
import { useEffect, useRef } from 'preact/hooks'
import { loadChart } from './loadChart'
import type { Colours } from './pen'
import { theme } from './theme'

export type SmallConfiguration = ChartConfiguration<'line' | 'scatter' | 'bar', { x: number; y: number }[] | number[]>

interface SmallChartProps {
  /** Made anew whenever something of `changes` is another. */
  readonly configure: (colours: Colours, font: string) => SmallConfiguration
  readonly changes: readonly unknown[]
  /** What the picture says, for a screen reader. */
  readonly label: string
}

export function SmallChart({ configure, changes, label }: SmallChartProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const chart = useRef<Chart<'line' | 'scatter' | 'bar', { x: number; y: number }[] | number[]> | null>(null)
  useEffect(() => {
    const { colours, font } = theme()
    const { type, data, options = {}, plugins = [] } = configure(colours, font)
    const still = { ...options, responsive: true, maintainAspectRatio: false, animation: false as const, events: [] }
    const draw = async () => {
      const library = await loadChart()
      if (!library || !canvas.current) return
      const { Chart } = library
      if (chart.current && plugins.length === 0) {
        chart.current.data = data
        chart.current.options = still
        chart.current.update('none')
        return
      }
      chart.current?.destroy()
      chart.current = new Chart(canvas.current, { type, data, options: still, plugins } as SmallConfiguration)
    }
    void draw()
  }, changes)
  useEffect(() => () => chart.current?.destroy(), [])
  return (
    <div class="small-chart">
      <canvas ref={canvas} role="img" aria-label={label} />
    </div>
  )
}
