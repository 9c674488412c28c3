/** A small picture drawn by the chart's own functions: what the key and the legend show is what the chart shows. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { sizeOf } from '../model/laneLayout'
import { type Measures, measure, type Pen } from './pen'
import { forgetTheme, theme as readTheme } from './theme'

interface Props {
  /** CSS px. */
  readonly width: number
  readonly height: number
  readonly lane: 14 | 28
  /** Draws again when it changes. */
  readonly theme: string
  readonly draw: (pen: Pen, m: Measures) => void
}

export function Swatch({ width, height, lane, theme, draw }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const [ratio, setRatio] = useState(() => window.devicePixelRatio || 1)
  useLayoutEffect(() => {
    const again = () => setRatio(window.devicePixelRatio || 1)
    window.addEventListener('resize', again)
    return () => window.removeEventListener('resize', again)
  }, [])
  useLayoutEffect(() => forgetTheme(), [theme])
  useLayoutEffect(() => {
    const element = canvas.current
    const g = element?.getContext('2d')
    if (!element || !g) return
    element.width = Math.round(width * ratio)
    element.height = Math.round(height * ratio)
    const pen = { g, ratio, ...readTheme() }
    draw(pen, measure(pen, sizeOf(lane)))
  })
  return <canvas ref={canvas} style={{ width: `${width}px`, height: `${height}px` }} />
}
