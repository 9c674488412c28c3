/** The base canvas: one Chart.js chart with our controller, an axis with our ticks, and nothing that moves by itself. */
import { Chart } from 'chart.js'
import { type Axis, ticksOf } from './axis'
import { axisHeight, headWidth, rightSpace } from './layout'
import type { Scene } from './scene'
import { registerTimeline, theme } from './spanController'

export class TimelineChart {
  private readonly chart: Chart<'timeline', never[]>
  private scene: Scene | null = null
  private width = 0
  private height = 0
  private ratio = 0

  constructor(canvas: HTMLCanvasElement) {
    registerTimeline()
    this.chart = new Chart<'timeline', never[]>(canvas, {
      type: 'timeline',
      data: { datasets: [{ data: Object.freeze([]) as unknown as never[], scene: () => this.scene }] },
      options: {
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
              scale.ticks = this.ticks().map(({ value }) => ({ value }))
            },
            afterFit: (scale) => {
              scale.height = axisHeight
            },
          },
          y: { type: 'linear', display: false, min: 0, max: 1 },
        },
      },
    })
  }

  /** Draws the scene between two moments. */
  draw(scene: Scene, t0: number, t1: number): void {
    this.scene = scene
    const { chart } = this
    const ratio = window.devicePixelRatio || 1
    const x = chart.options.scales!['x']!
    x.min = t0
    x.max = t1
    const { colours, font } = theme()
    x.grid!.color = colours.grid
    x.grid!.tickColor = colours['hairline-strong']
    x.ticks!.color = colours['ink-2']
    x.ticks!.font = { family: font, size: 12 }
    if (scene.width !== this.width || scene.layout.visible !== this.height || ratio !== this.ratio) {
      this.width = scene.width
      this.height = scene.layout.visible
      this.ratio = ratio
      chart.options.devicePixelRatio = ratio
      chart.resize(this.width, this.height)
    }
    chart.update('none')
  }

  /** Where the last draw put the times, device px. */
  axis(t0: number, t1: number): Axis {
    const ratio = this.ratio || 1
    return {
      t0,
      t1,
      left: Math.round(headWidth * ratio),
      right: Math.round((this.width - rightSpace) * ratio),
    }
  }

  destroy(): void {
    this.chart.destroy()
  }

  private labels: string[] = []

  private ticks() {
    const x = this.chart?.options.scales?.['x']
    const ticks = ticksOf(Number(x?.min ?? 0), Number(x?.max ?? 1), Math.max(1, this.width - headWidth - rightSpace))
    this.labels = ticks.map(({ label }) => label)
    return ticks
  }
}
