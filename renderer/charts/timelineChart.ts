/** The base canvas: one Chart.js chart with our controller, an axis with our ticks, and nothing that moves by itself. */
import type { Chart, ChartOptions } from 'chart.js'
import { type Axis, ticksOf } from './axis'
import { axisHeight, headWidth, rightSpace } from './layout'
import { loadChart } from './loadChart'
import type { Scene } from './scene'
import { theme } from './theme'

export class TimelineChart {
  /** Made by the first drawing: a chart draws itself when it is made, and without a size it has the page laid out to learn one. */
  private chart: Chart<'timeline', never[]> | null = null
  private readonly options: ChartOptions<'timeline'> = {
    responsive: false,
    maintainAspectRatio: false,
    animation: false,
    events: [],
    clip: false,
    layout: { padding: { left: headWidth, right: rightSpace, top: 0, bottom: 0 } },
    scales: {
      x: {
        type: 'linear',
        position: 'bottom',
        border: { display: false },
        grid: { tickLength: 5 },
        ticks: { padding: 4, autoSkip: false, maxRotation: 0, callback: (_value, index) => this.labels[index] ?? '' },
        afterBuildTicks: (scale) => {
          scale.ticks = this.ticks(scale.min, scale.max).map(({ value }) => ({ value }))
        },
        afterFit: (scale) => {
          scale.height = axisHeight
          // Chart.js would move the axis in for a long label at its end, and away from where the pointer looks for the bars.
          scale.paddingLeft = 0
          scale.paddingRight = 0
        },
      },
      y: { type: 'linear', display: false, min: 0, max: 1 },
    },
  }
  private scene: Scene | null = null
  private width = 0
  private height = 0
  private ratio = 0

  private gone = false

  constructor(private readonly canvas: HTMLCanvasElement) {}

  /** Draws the scene between two moments. */
  draw(scene: Scene, t0: number, t1: number): void {
    this.scene = scene
    const options = this.chart?.options ?? this.options
    const ratio = window.devicePixelRatio || 1
    const x = options.scales!['x']!
    x.min = t0
    x.max = t1
    const { colours, font } = theme()
    x.grid!.color = colours.grid
    x.grid!.tickColor = colours['hairline-strong']
    x.ticks!.color = colours['ink-2']
    x.ticks!.font = { family: font, size: 12 }
    const resized = scene.width !== this.width || scene.layout.visible !== this.height || ratio !== this.ratio
    this.width = scene.width
    this.height = scene.layout.visible
    this.ratio = ratio
    options.devicePixelRatio = ratio
    if (!this.chart) return void this.make()
    if (resized) this.chart.resize(this.width, this.height)
    this.chart.update('none')
  }

  private async make(): Promise<void> {
    const library = await loadChart()
    if (!library || this.chart || this.gone) return
    const { Chart } = library
    this.canvas.width = this.width
    this.canvas.height = this.height
    this.chart = new Chart<'timeline', never[]>(this.canvas, {
      type: 'timeline',
      data: { datasets: [{ data: Object.freeze([]) as unknown as never[], scene: () => this.scene }] },
      options: this.options,
    })
  }

  /** Where the last draw put the times, device px. */
  axis(t0: number, t1: number): Axis {
    const ratio = this.ratio || 1
    return {
      t0,
      t1,
      left: Math.round(headWidth * ratio),
      right: Math.round((this.width - rightSpace) * ratio),
      signed: this.isSigned,
    }
  }

  destroy(): void {
    this.gone = true
    this.chart?.destroy()
  }

  private get isSigned(): boolean {
    return this.scene?.layout.aligned ?? false
  }

  private labels: string[] = []

  private ticks(from: number, to: number) {
    const ticks = ticksOf(from, to, Math.max(1, this.width - headWidth - rightSpace), this.isSigned)
    this.labels = ticks.map(({ label }) => label)
    return ticks
  }
}
