/**
 * As much of a canvas's context as the charts draw with, writing SVG. Whatever else is asked of it throws: a new way of drawing must be taught here,
 * or it would be missing in files without a word. Clips are rectangles, colours are opaque; so what has one colour and follows on itself is one path.
 */
import { everywhere, holds, isEmpty, overlap, type Rectangle, rectangle, rectPath, SvgPath, short } from './svgPath'
import { xmlText } from './xmlText'

/** Width of a text in a font, as `measureText` says it. */
export type Ruler = (font: string, text: string) => number

const ownState = {
  fillStyle: '#000000',
  strokeStyle: '#000000',
  lineWidth: 1,
  lineJoin: 'miter',
  font: '400 10px sans-serif',
  textAlign: 'left',
  textBaseline: 'alphabetic',
}
const anchors: Readonly<Record<string, string>> = { left: '', center: ' text-anchor="middle"', right: ' text-anchor="end"' }

interface Kept {
  readonly own: typeof ownState
  readonly dash: readonly number[]
  readonly clip: Rectangle
  readonly x: number
  readonly y: number
}

export class SvgContext {
  fillStyle = ownState.fillStyle
  strokeStyle = ownState.strokeStyle
  lineWidth = ownState.lineWidth
  lineJoin = ownState.lineJoin
  font = ownState.font
  textAlign = ownState.textAlign
  textBaseline = ownState.textBaseline
  private dash: readonly number[] = []
  private clipped: Rectangle = everywhere
  private x = 0
  private y = 0
  private readonly kept: Kept[] = []
  private path = new SvgPath()
  private readonly written: string[] = []
  private readonly clips = new Map<string, number>()
  /** What can still grow: a path with these attributes. */
  private pending: { readonly attributes: string; data: string[] } | null = null

  constructor(private readonly ruler: Ruler) {}

  /** Elements, clips first. */
  elements(): string {
    this.flush()
    const clips = [...this.clips].map(([data, id]) => `<clipPath id="c${id}"><path d="${data}"/></clipPath>`).join('')
    return `${clips && `<defs>${clips}</defs>`}${this.written.join('\n')}`
  }

  save(): void {
    const { fillStyle, strokeStyle, lineWidth, lineJoin, font, textAlign, textBaseline, dash, clipped: clip, x, y } = this
    this.kept.push({ own: { fillStyle, strokeStyle, lineWidth, lineJoin, font, textAlign, textBaseline }, dash, clip, x, y })
  }

  restore(): void {
    const last = this.kept.pop()
    if (!last) return
    Object.assign(this, last.own)
    this.dash = last.dash
    this.clipped = last.clip
    this.x = last.x
    this.y = last.y
  }

  translate(x: number, y: number): void {
    this.x += x
    this.y += y
  }

  beginPath(): void {
    this.path = new SvgPath()
  }

  moveTo(x: number, y: number): void {
    this.path.point('M', x + this.x, y + this.y)
  }

  lineTo(x: number, y: number): void {
    this.path.point('L', x + this.x, y + this.y)
  }

  closePath(): void {
    this.path.close()
  }

  rect(x: number, y: number, width: number, height: number): void {
    this.path.rect(this.placed(x, y, width, height))
  }

  arc(x: number, y: number, radius: number, from: number, to: number): void {
    if (Math.abs(to - from) < 2 * Math.PI) throw new Error('SVG: only whole circles are drawn')
    this.path.circle(x + this.x, y + this.y, radius)
  }

  clip(): void {
    const [only, ...more] = this.path.rectangles ?? []
    if (!only || more.length > 0) throw new Error('SVG: only a rectangle clips')
    this.clipped = overlap(this.clipped, only)
  }

  setLineDash(dash: readonly number[]): void {
    this.dash = dash
  }

  fillRect(x: number, y: number, width: number, height: number): void {
    const seen = overlap(this.placed(x, y, width, height), this.clipped)
    if (!isEmpty(seen)) this.add(`fill="${xmlText(this.fillStyle)}"`, rectPath(seen))
  }

  fill(): void {
    const { data, bounds } = this.path
    const clip = bounds && this.clipFor(bounds)
    if (clip === null) return
    // Of its own: where two shapes of one path turn against each other, there would be a hole.
    this.flush()
    this.written.push(`<path fill="${xmlText(this.fillStyle)}"${clip} d="${data}"/>`)
  }

  stroke(): void {
    this.addLine(this.path)
  }

  strokeRect(x: number, y: number, width: number, height: number): void {
    const path = new SvgPath()
    path.rect(this.placed(x, y, width, height))
    this.addLine(path)
  }

  /** Stretches [from, to) of one colour, from left to right, at one height: a row of columns. */
  bands(colour: string, top: number, height: number, stretches: readonly (readonly [from: number, to: number])[]): void {
    const first = stretches[0]
    const last = stretches[stretches.length - 1]
    if (!first || !last) return
    const clip = this.clipFor(this.placed(first[0], top, last[1] - first[0], height))
    if (clip === null) return
    const data = [`M${short(first[0] + this.x)} ${short(top + height / 2 + this.y)}`]
    stretches.forEach(([from, to], i) => {
      const gap = i === 0 ? 0 : from - stretches[i - 1]![1]
      data.push(`${gap > 0 ? `m${gap} 0` : ''}h${to - from}`)
    })
    this.add(`fill="none" stroke="${xmlText(colour)}" stroke-width="${short(height)}"${clip}`, data.join(''))
  }

  measureText(text: string): { readonly width: number } {
    return { width: this.ruler(this.font, text) }
  }

  fillText(text: string, x: number, y: number): void {
    this.addText(text, x, y, `fill="${xmlText(this.fillStyle)}"`, 0)
  }

  strokeText(text: string, x: number, y: number): void {
    this.addText(text, x, y, `fill="none" ${this.line}`, this.lineWidth)
  }

  /** `reach`: how far it may go beyond its letters. */
  private addText(text: string, x: number, y: number, paint: string, reach: number): void {
    const shown = xmlText(text)
    const [, weight = '400', size = '10'] = /^(\d+) ([\d.]+)px /.exec(this.font) ?? []
    const anchor = anchors[this.textAlign]
    if (anchor === undefined || this.textBaseline !== 'alphabetic') throw new Error('SVG: text is placed in no such way')
    if (shown.trim() === '') return
    const width = this.ruler(this.font, text)
    const left = x - (this.textAlign === 'right' ? width : this.textAlign === 'center' ? width / 2 : 0)
    const high = Number(size)
    const clip = this.clipFor(this.placed(left - reach, y - high - reach, width + 2 * reach, 1.3 * high + 2 * reach))
    if (clip === null) return
    this.flush()
    const bold = weight === '400' ? '' : ` font-weight="${weight}"`
    // Whoever has other letters must not see words run out of their bars.
    const fit = ` textLength="${short(width)}" lengthAdjust="spacingAndGlyphs"`
    const at = `x="${short(x + this.x)}" y="${short(y + this.y)}"`
    this.written.push(`<text ${at} font-size="${short(high)}"${bold}${anchor} ${paint}${fit}${clip}>${shown}</text>`)
  }

  private get line(): string {
    const join = this.lineJoin === 'miter' ? '' : ` stroke-linejoin="${this.lineJoin}"`
    return `stroke="${xmlText(this.strokeStyle)}" stroke-width="${short(this.lineWidth)}"${join}`
  }

  private placed(x: number, y: number, width: number, height: number): Rectangle {
    return rectangle(x + this.x, y + this.y, width, height)
  }

  private addLine({ data, bounds }: SvgPath): void {
    if (!bounds) return
    const reach = this.lineWidth
    const clip = this.clipFor({ x0: bounds.x0 - reach, y0: bounds.y0 - reach, x1: bounds.x1 + reach, y1: bounds.y1 + reach })
    if (clip === null) return
    const dash = this.dash.length > 0 ? ` stroke-dasharray="${this.dash.map(short).join(' ')}"` : ''
    this.add(`fill="none" ${this.line}${dash}${clip}`, data)
  }

  /** The attribute that clips what covers `bounds`: '' where nothing is cut, null where nothing is seen. */
  private clipFor(bounds: Rectangle): string | null {
    const { clipped } = this
    if (holds(clipped, bounds)) return ''
    if (isEmpty(clipped) || bounds.x0 >= clipped.x1 || bounds.x1 <= clipped.x0) return null
    if (bounds.y0 >= clipped.y1 || bounds.y1 <= clipped.y0) return null
    const data = rectPath(clipped)
    const id = this.clips.get(data) ?? this.clips.size + 1
    this.clips.set(data, id)
    return ` clip-path="url(#c${id})"`
  }

  private add(attributes: string, data: string): void {
    if (this.pending?.attributes !== attributes) {
      this.flush()
      this.pending = { attributes, data: [] }
    }
    this.pending.data.push(data)
  }

  private flush(): void {
    if (this.pending) this.written.push(`<path ${this.pending.attributes} d="${this.pending.data.join('')}"/>`)
    this.pending = null
  }
}

/** As what drawing functions take it for; what it cannot do throws when it is asked for. */
export function asCanvas(context: SvgContext): CanvasRenderingContext2D {
  const unknown = (key: string | symbol): never => {
    throw new Error(`SVG: ${String(key)} of a canvas is not drawn yet`)
  }
  const strict = new Proxy(context, {
    get: (target, key) => {
      if (!(key in target)) return unknown(key)
      const value: unknown = Reflect.get(target, key, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
    set: (target, key, value) => (key in ownState ? Reflect.set(target, key, value, target) : unknown(key)),
  })
  return strict as unknown as CanvasRenderingContext2D
}
