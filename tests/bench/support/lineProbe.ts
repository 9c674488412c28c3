/**
 * In the page: stands at its line to the engine, whichever it is, counts the spans that come, sees when the timeline is drawn, and writes down when
 * each animation frame began. It is put there before the page's own scripts.
 */

export interface Opened {
  /** ms from the command to the read-back after the first draw of everything. */
  readonly took: number
  /** ms between two animation frames, the longest until then. */
  readonly longest: number
}

export interface LineProbe {
  /** Asks the engine for the histories of all runs anew, as a page does that was just loaded; they have so many spans. */
  open(spans: number): Promise<Opened>
  /** Spans that have come since the last `open`. */
  come(): number
  /** ms between each two animation frames in the next so many ms. */
  gaps(millis: number): Promise<number[]>
}

declare global {
  interface Window {
    lineProbe: LineProbe
  }
}

/** Runs in the page; must not use anything outside it. `spansAt`: where in a frame the number of its spans stands. */
export function installLineProbe(spansAt: number): void {
  let spans = 0
  let began = 0
  let gaps: number[] = []
  let drawn = false
  let send: (command: object) => void = () => undefined
  let afterDraw: () => void = () => undefined

  const { send: overSocket } = WebSocket.prototype
  WebSocket.prototype.send = function (data) {
    send = (command) => overSocket.call(this, JSON.stringify(command))
    overSocket.call(this, data)
  }
  const overPort = MessagePort.prototype.postMessage as (this: MessagePort, message: unknown) => void
  MessagePort.prototype.postMessage = function (message: unknown) {
    send = (command) => overPort.call(this, command)
    overPort.call(this, message)
  }

  const dataOf = Object.getOwnPropertyDescriptor(MessageEvent.prototype, 'data')!.get!
  const read = new WeakSet<MessageEvent>()
  Object.defineProperty(MessageEvent.prototype, 'data', {
    get(this: MessageEvent) {
      const data: unknown = dataOf.call(this)
      if (!read.has(this) && (data instanceof ArrayBuffer || data instanceof Uint8Array)) {
        read.add(this)
        const view = data instanceof ArrayBuffer ? new DataView(data) : new DataView(data.buffer, data.byteOffset)
        spans += view.getUint32(spansAt, true)
      }
      return data
    },
  })

  const isBase = (canvas: HTMLCanvasElement) => canvas.classList.contains('timeline-base')
  const { clearRect } = CanvasRenderingContext2D.prototype
  CanvasRenderingContext2D.prototype.clearRect = function (...area) {
    drawn ||= isBase(this.canvas)
    clearRect.apply(this, area)
  }

  const nextFrame = window.requestAnimationFrame.bind(window)
  window.requestAnimationFrame = (draw) =>
    nextFrame((time) => {
      drawn = false
      draw(time)
      if (drawn) afterDraw()
    })
  const tick = () => {
    const now = performance.now()
    gaps.push(now - began)
    began = now
    nextFrame(tick)
  }
  nextFrame(tick)

  window.lineProbe = {
    open: (wanted) =>
      new Promise((resolve) => {
        spans = 0
        gaps = []
        const begin = performance.now()
        began = begin
        send({ type: 'attach' })
        afterDraw = () => {
          if (spans < wanted) return
          afterDraw = () => undefined
          document.querySelector<HTMLCanvasElement>('canvas.timeline-base')!.getContext('2d')!.getImageData(0, 0, 1, 1)
          const end = performance.now()
          resolve({ took: end - begin, longest: Math.max(...gaps, end - began) })
        }
      }),
    come: () => spans,
    gaps: (millis) => {
      gaps = []
      return new Promise((resolve) => setTimeout(() => resolve(gaps.slice(1)), millis))
    },
  }
}
