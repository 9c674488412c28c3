/**
 * In a page of its own: the product's timeline on made-up runs, and Chart.js's own floating bars beside it, each drawn when it is asked to. A draw
 * ends with the read-back of one pixel, so that nothing of it is left to be done later.
 */
import { BarController, BarElement, CategoryScale, Chart, type ChartConfiguration, LinearScale, Tooltip } from 'chart.js'
import { stateCode, states } from '#protocol/vocabulary'
import { Stage } from '../../../renderer/charts/stage'
import { en } from '../../../renderer/locales/en'
import { RunStore } from '../../../renderer/model/runStore'
import { type Synthetic, syntheticFrames } from '../syntheticRun'

export const size = { width: 1400, height: 800 }

export interface ChartPage {
  /** Makes the run and shows all of it. Resolves with how many spans it has. */
  load(run: Synthetic): number
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

declare global {
  interface Window {
    chartPage: ChartPage
  }
  interface Performance {
    measureUserAgentSpecificMemory?(): Promise<{ bytes: number }>
  }
}

let draw: FrameRequestCallback | null = null
window.requestAnimationFrame = (callback) => {
  draw = callback
  return 1
}
window.cancelAnimationFrame = () => {
  draw = null
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
}
const stage = new Stage(base, overlay, surface, noRuns, {
  layout: ignore,
  tip: ignore,
  select: ignore,
  picture: ignore,
  drawn: ignore,
})
let total = 1

function drawNow(): void {
  const pending = draw
  draw = null
  pending?.(performance.now())
}
const readBack = (element: HTMLCanvasElement) => element.getContext('2d')!.getImageData(0, 0, 1, 1)

function timed(count: number, element: HTMLCanvasElement, step: (i: number) => void): number[] {
  return Array.from({ length: count }, (_, i) => {
    const begin = performance.now()
    step(i)
    readBack(element)
    return performance.now() - begin
  })
}

const at = (share: number) => share * total

window.chartPage = {
  load(run) {
    const store = new RunStore(1, 1)
    for (const frame of syntheticFrames(run)) store.append(frame)
    total = store.now
    stage.update({ ...noRuns, runs: [{ id: 1, store, live: false, total }], version: 1 })
    stage.resize(size.width)
    drawNow()
    return store.spans.length
  },
  show(from, to) {
    const { view } = stage
    view.reset()
    const air = ((at(to) - at(from)) * 0.06) / 1.12
    view.fit(at(from) + air, at(to) - air)
  },
  frames: (count, moving) =>
    timed(count, base, (i) => {
      if (moving) surface.dispatchEvent(new WheelEvent('wheel', { deltaY: i % 2 ? 1 : -1, clientX: 700, clientY: 300 }))
      else stage.resize(size.width)
      drawNow()
    }),
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
  calibrate() {
    const begin = performance.now()
    let x = 0x2545f491
    for (let i = 0; i < 1_000_000; i++) {
      x ^= x << 13
      x ^= x >>> 17
      x ^= x << 5
    }
    const took = performance.now() - begin
    // Asked for, so that no compiler leaves the loop out.
    if (x === 0) throw new Error('a xorshift never comes to zero')
    return took
  },
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
