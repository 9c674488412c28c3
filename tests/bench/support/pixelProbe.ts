/**
 * In the page: reads back one row of pixels of the timeline after each of its draws, and says when a bar appeared in it. It is put there before
 * the page's own scripts and wraps `requestAnimationFrame`, in which the page draws; it also keeps the engine's frames, which hold the marks.
 */

/** How high in its lane the probed row of pixels lies: in the upper half of the bar, which a task that is only ready leaves free. */
const heightInLane = 0.35

export interface Sighting {
  /** `performance.now` when the first pixel of the row's bar had been read back. */
  readonly seen: number
  /** CSS px. */
  readonly top: number
}

export interface PixelProbe {
  /** Looks for the bars of rows `1 …` (row 0 is main's) one after another, until `rows` were seen. */
  start(rows: number): void
  /** Resolves with when they were seen. */
  done(): Promise<Sighting[]>
  /** The frames since `start`, base64. */
  frames(): string[]
}

declare global {
  interface Window {
    pixelProbe: PixelProbe
  }
}

/** Runs in the page; must not use anything outside it. */
export function installPixelProbe(share: number): void {
  let wanted = 0
  let settled = false
  let sightings: Sighting[] = []
  let kept: Uint8Array[] = []
  let finish: (seen: Sighting[]) => void = () => undefined
  const drawFrame = window.requestAnimationFrame.bind(window)
  window.requestAnimationFrame = (draw) =>
    drawFrame((time) => {
      draw(time)
      while (sightings.length < wanted && look());
    })

  /** The colour that sleeping bars are edged with. */
  const sleeping = () => {
    const word = getComputedStyle(document.documentElement).getPropertyValue('--sleeping').trim()
    const value = Number.parseInt(word.slice(1), 16)
    return [value >> 16, (value >> 8) & 255, value & 255] as const
  }
  let colour: readonly [number, number, number] | undefined

  /** Whether a row has its bar; null: there is no such row. */
  function hasBar(row: number): { readonly top: number; readonly there: boolean } | null {
    const heads = document.querySelectorAll<HTMLElement>('.timeline-head')
    const head = heads[row + 1]
    const canvas = document.querySelector<HTMLCanvasElement>('canvas.timeline-base')
    if (!head || !canvas) return null
    colour ??= sleeping()
    const [red, green, blue] = colour
    const top = head.offsetTop + head.offsetHeight * share
    const { data } = canvas.getContext('2d')!.getImageData(0, Math.round(top * window.devicePixelRatio), canvas.width, 1)
    for (let i = 0; i < data.length; i += 4) {
      if (data[i] === red && data[i + 1] === green && data[i + 2] === blue) return { top, there: true }
    }
    return { top, there: false }
  }

  /** Whether the next row's bar has come; then it is written down. */
  function look(): boolean {
    // The run before may still be on the canvas; all rows of this one are there when the last is, and is empty.
    settled ||= hasBar(wanted - 1)?.there === false
    const found = settled ? hasBar(sightings.length) : null
    if (!found?.there) return false
    sightings.push({ seen: performance.now(), top: found.top })
    if (sightings.length === wanted) finish(sightings)
    return true
  }

  const dataOf = Object.getOwnPropertyDescriptor(MessageEvent.prototype, 'data')!.get!
  const read = new WeakSet<MessageEvent>()
  Object.defineProperty(MessageEvent.prototype, 'data', {
    get(this: MessageEvent) {
      const data: unknown = dataOf.call(this)
      if (wanted > 0 && !read.has(this) && (data instanceof ArrayBuffer || data instanceof Uint8Array)) {
        read.add(this)
        kept.push(new Uint8Array(data).slice())
      }
      return data
    },
  })

  window.pixelProbe = {
    start(rows) {
      wanted = rows
      settled = false
      sightings = []
      kept = []
    },
    done: () =>
      new Promise((resolve) => {
        finish = resolve
        if (sightings.length === wanted) resolve(sightings)
      }),
    frames: () => kept.map((bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))),
  }
}

export const pixelProbe = { script: installPixelProbe, argument: heightInLane }
