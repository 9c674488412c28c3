/**
 * In a page of its own: the product's timeline on made-up runs, and Chart.js's own floating bars beside it, each drawn when it is asked to. A draw
 * ends with the read-back of one pixel, so that nothing of it is left to be done later.
 */
import { BarController, BarElement, CategoryScale, Chart, type ChartConfiguration, LinearScale, Tooltip } from 'chart.js'
import { stateCode, states } from '#protocol/vocabulary'
import { headWidth, type Layout, plainArrangement } from '../../../renderer/charts/layout'
import { loadChart } from '../../../renderer/charts/loadChart'
import { work } from '../../../renderer/charts/rowRaster'
import { Stage } from '../../../renderer/charts/stage'
import { en } from '../../../renderer/locales/en'
import { RunStore } from '../../../renderer/model/runStore'
import { calibrate } from '../calibrate'
import { type Synthetic, syntheticFrames } from '../syntheticRun'
import { type Findings, Oracle } from './oracle'

export const size = { width: 1400, height: 800 }

export interface ChartPage {
  /** Makes the run and shows all of it, in that many CSS px. Gives how many spans it has. */
  load(run: Synthetic, width?: number): Promise<number>
  /** From now on remembers what it loads, so that `check` can compare. */
  remember(): void
  /** Draws what is shown, as it stands or while it is moved, and compares every pixel column with every span. */
  check(moving: boolean): Checked
  /** Draws what is shown as it stands: SHA-256 of the pixels from the first row to the last, without heads and axis, and the whole as a data URL. */
  picture(): Promise<{ readonly hash: string; readonly png: string }>
  /** How many rows of spans are walked over for ten moves of the pointer, and how many draws come of ten turns of the wheel within one frame. */
  counts(): { readonly rowsOnHover: number; readonly drawsForTenEvents: number }
  /** Shows a part of the run, as shares of its length. */
  show(from: number, to: number): void
  /** ms of so many draws of what is shown: as it stands, or while it is moved by the wheel. */
  frames(count: number, moving: boolean): number[]
  /** ms of so many moves of the pointer to other bars. */
  hovers(count: number): number[]
  /** ms of so many draws of the run's spans as bars of Chart.js: `a` in one dataset with a colour for each, `b` in one for each state, already parsed. */
  stock(run: Synthetic, setUp: 'a' | 'b', count: number): number[]
  /** MB that the page holds, objects and buffers; null where the runtime does not tell. */
  memory(): Promise<number | null>
  /** ms of a fixed piece of arithmetic: how fast this machine is now. */
  calibrate(): number
}

export interface Checked {
  readonly found: Findings
  /** What the draw did: nodes and items looked at, rows walked, images drawn, in so many columns. */
  readonly work: { readonly touched: number; readonly rows: number; readonly images: number; readonly columns: number }
}

declare global {
  interface Window {
    chartPage: ChartPage
  }
  interface Performance {
    measureUserAgentSpecificMemory?(): Promise<{ bytes: number }>
  }
}

/** ms by which the page's clock has been put forward. */
let later = 0
const realNow = performance.now.bind(performance)
performance.now = () => realNow() + later
/** What is drawn when `drawNow` says so; a second request in the same frame would be a second draw. */
let draws: FrameRequestCallback[] = []
window.requestAnimationFrame = (callback) => {
  return draws.push(callback)
}
window.cancelAnimationFrame = () => {
  draws = []
}

const canvas = () => {
  const element = document.body.appendChild(document.createElement('canvas'))
  element.style.cssText = 'position:absolute;left:0;top:0'
  return element
}
const surface = document.body.appendChild(document.createElement('div'))
surface.style.cssText = `position:absolute;left:0;top:0;width:${size.width}px;height:${size.height}px;z-index:1`
const base = canvas()
const overlay = canvas()
const ignore = () => undefined
const words = en.timeline
const noRuns = {
  runs: [],
  version: 0,
  theme: 'light',
  selection: null,
  words,
  height: size.height,
  panelsOpen: true,
  placeholder: [],
  hits: null,
  arrangement: plainArrangement,
}
const stage = new Stage(base, overlay, surface, noRuns, {
  layout: (placed) => {
    layout = placed
  },
  tip: ignore,
  select: ignore,
  scroll: ignore,
  held: ignore,
  measured: ignore,
  range: ignore,
  noFailure: ignore,
  toHead: ignore,
  picture: ignore,
  point: ignore,
  drawn: ignore,
})
let total = 1
let width = size.width
let oracle: Oracle | null = null
let layout: Layout | null = null

function drawNow(): void {
  const pending = draws
  draws = []
  for (const draw of pending) draw(performance.now())
}
const readBack = (element: HTMLCanvasElement) => element.getContext('2d')!.getImageData(0, 0, 1, 1)

function timed(count: number, element: HTMLCanvasElement, step: (i: number) => void): number[] {
  return Array.from({ length: count }, (_, i) => {
    const begin = realNow()
    step(i)
    readBack(element)
    return realNow() - begin
  })
}

const turnWheel = (deltaY: number) => surface.dispatchEvent(new WheelEvent('wheel', { deltaY, clientX: width / 2, clientY: 300 }))

/** One draw. */
function step(moving: boolean, i: number): void {
  if (moving) turnWheel(i % 2 ? 1 : -1)
  else {
    // As if nothing had been moved for long.
    later += 1000
    stage.resize(width)
  }
  drawNow()
}

const { drawImage } = CanvasRenderingContext2D.prototype
let images = 0
CanvasRenderingContext2D.prototype.drawImage = function (this: CanvasRenderingContext2D, ...args: unknown[]) {
  images++
  return drawImage.apply(this, args as unknown as Parameters<typeof drawImage>)
}

const at = (share: number) => share * total

window.chartPage = {
  async load(run, inWidth = size.width) {
    const store = new RunStore(1, 1)
    if (oracle) oracle = new Oracle()
    for (const frame of syntheticFrames(run)) {
      store.append(frame)
      oracle?.take(frame)
    }
    total = store.now
    width = inWidth
    stage.update({ ...noRuns, runs: [{ id: 1, store, live: false, total }], version: 1 })
    stage.resize(width)
    drawNow()
    // The first drawing asks for Chart.js; what it wanted to draw comes right after.
    await loadChart()
    await Promise.resolve()
    drawNow()
    return store.spans.length
  },
  counts() {
    drawNow()
    const before = work.rows
    window.chartPage.hovers(10)
    const rowsOnHover = work.rows - before
    const { length } = layout!.runs[0]!.rows
    for (let i = 0; i < 10; i++) turnWheel(-1)
    drawNow()
    return { rowsOnHover, drawsForTenEvents: (work.rows - before - rowsOnHover) / length }
  },
  remember() {
    oracle = new Oracle()
  },
  check(moving) {
    if (!oracle || !layout) throw new Error('nothing was remembered')
    const before = { ...work, images }
    step(moving, 1)
    const ratio = window.devicePixelRatio
    const image = base.getContext('2d')!.getImageData(0, 0, base.width, base.height)
    const found = oracle.check({ image, layout, t0: stage.view.t0, t1: stage.view.t1, ratio, moving })
    const columns = base.width - Math.round(headWidth * ratio)
    const done = {
      touched: work.touched - before.touched,
      rows: work.rows - before.rows,
      images: images - before.images,
      columns,
    }
    return { found, work: done }
  },
  async picture() {
    if (!layout) throw new Error('nothing was loaded')
    step(false, 0)
    const ratio = window.devicePixelRatio
    const { rows } = layout.runs[0]!
    const [left, top] = [headWidth * ratio, Math.round(rows[0]!.top * ratio)]
    const height = Math.round((rows[rows.length - 1]!.top + layout.size.lane) * ratio) - top
    const { data } = base.getContext('2d')!.getImageData(left, top, base.width - left, height)
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', data))
    return { hash: [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join(''), png: base.toDataURL() }
  },
  show(from, to) {
    const { view } = stage
    view.reset()
    const air = ((at(to) - at(from)) * 0.06) / 1.12
    view.fit(at(from) + air, at(to) - air)
  },
  frames: (count, moving) => timed(count, base, (i) => step(moving, i)),
  hovers: (count) =>
    timed(count, overlay, (i) => {
      const clientX = 200 + ((i * 37) % 1000)
      surface.dispatchEvent(new PointerEvent('pointermove', { clientX, clientY: 60 + ((i * 53) % 600), pointerId: 1 }))
      drawNow()
    }),
  stock(run, setUp, count) {
    const element = document.body.appendChild(document.createElement('canvas'))
    element.width = size.width
    element.height = size.height
    const chart = new Chart(element, stockConfiguration(run, setUp))
    const took = timed(count, element, () => chart.update('none'))
    chart.destroy()
    element.remove()
    return took
  },
  async memory() {
    try {
      const measured = await performance.measureUserAgentSpecificMemory?.()
      return measured ? measured.bytes / 1e6 : null
    } catch (error) {
      // Electron has the function and refuses to run it.
      if (error instanceof DOMException) return null
      throw error
    }
  },
  calibrate,
}

Chart.register(BarController, BarElement, CategoryScale, LinearScale, Tooltip)
const colours = ['#8f8b86', '#8f8b86', '#2d34a9', '#c07d24', '#4c705e', '#3493ce']

function stockConfiguration(run: Synthetic, setUp: 'a' | 'b'): ChartConfiguration<'bar', unknown[]> {
  const bars = [...syntheticFrames(run)].flatMap(({ slices }) => {
    const { start, end, lane, state } = slices.spans.columns
    return Array.from(start, (_, i) => ({ start: start[i]! / 1e9, end: end[i]! / 1e9, lane: lane[i]!, state: state[i]! }))
  })
  const last = bars.reduce((most, { end }) => Math.max(most, end), 0)
  const shape = { barThickness: 18, grouped: false } as const
  // Chart.js's own format for floating bars, so that it has nothing to parse.
  const parsed = ({ start, end, lane }: (typeof bars)[number]) => ({
    x: end,
    y: lane,
    _custom: { barStart: start, barEnd: end, start, end, min: start, max: end },
  })
  const used = states.filter((state) => bars.some((bar) => bar.state === stateCode[state]))
  const datasets =
    setUp === 'a'
      ? [
          {
            ...shape,
            data: bars.map(({ start, end, lane }) => ({ x: [start, end], y: lane })),
            backgroundColor: bars.map(({ state }) => colours[state]!),
          },
        ]
      : used.map((state) => ({
          ...shape,
          parsing: false as const,
          backgroundColor: colours[stateCode[state]]!,
          data: bars.filter((bar) => bar.state === stateCode[state]).map(parsed),
        }))
  return {
    type: 'bar',
    data: { datasets: datasets as { data: unknown[] }[] },
    options: {
      indexAxis: 'y',
      responsive: false,
      animation: false,
      devicePixelRatio: 1,
      normalized: true,
      scales: {
        x: { type: 'linear', min: 0, max: last },
        y: { type: 'linear', min: -0.5, max: run.lanes - 0.5 },
      },
    },
  }
}
