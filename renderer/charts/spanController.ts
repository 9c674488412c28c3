/**
 * The timeline as a chart type of Chart.js. Chart.js gives it axis, grid and layout; spans stay in the columns of their stores: not one object
 * is made per span, `data` is empty and frozen, and all drawing is `drawScene`. What must be overridden and what throws: tests/charts.
 */
import { type ChartDataset, DatasetController, Element } from 'chart.js'
import { drawScene, type Scene } from './scene'
import { theme } from './theme'

declare module 'chart.js' {
  interface ChartTypeRegistry {
    timeline: {
      chartOptions: object
      datasetOptions: { scene: () => Scene | null }
      defaultDataPoint: never
      metaExtensions: object
      parsedDataType: never
      scales: 'linear'
    }
  }
}

/** Chart.js refuses a chart type without an element, also one that needs none. */
export class SpanElement extends Element {
  static readonly id = 'span'
}

export class SpanController extends DatasetController<'timeline'> {
  static readonly id = 'timeline'
  static readonly defaults = { datasetElementType: false, dataElementType: 'span' }

  override buildOrUpdateElements(): void {
    // None: see the top of this file.
  }

  override parse(): void {
    // There is nothing to parse.
  }

  override update(): void {
    // Elements would be updated here.
  }

  override addElements(): void {
    this.getMeta().data = []
  }

  override getMinMax(): { min: number; max: number } {
    return { min: 0, max: 1 }
  }

  override draw(): void {
    const scene = (this.getDataset() as ChartDataset<'timeline', never>).scene?.()
    const scale = this.getMeta().xScale
    if (!scene || !scale) return
    const { ctx: g } = this.chart
    const ratio = this.chart.currentDevicePixelRatio
    g.save()
    g.setTransform(1, 0, 0, 1, 0, 0)
    const left = Math.round(scale.left * ratio)
    drawScene({ g, ratio, ...theme() }, scene, {
      t0: scale.min,
      t1: scale.max,
      left,
      right: Math.round(scale.right * ratio),
      signed: scene.layout.aligned,
    })
    g.restore()
  }
}
