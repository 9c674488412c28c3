/** How high the chart may be: what the other parts of the main area leave, at most its share while the panels are open. */
import type { RefObject } from 'preact'
import { useLayoutEffect, useState } from 'preact/hooks'

/** While the panels are open the chart gets at most so much of the main area (it scrolls beyond it). */
const shareOpen = 0.6
const smallest = 120

export interface Room {
  readonly main: number
  /** Heights of what stands above and below the chart and is always there, together. */
  readonly fixed: number
  /** What the panels need at least; 0 while they are closed. */
  readonly panels: number
  readonly share?: number
}

export const chartHeight = ({ main, fixed, panels, share = shareOpen }: Room) =>
  Math.max(smallest, Math.floor(panels === 0 ? main - fixed : Math.min(main * share, main - fixed - panels)))

/** Watches the main area and its children marked `data-fixed`. */
export function useChartHeight(main: RefObject<HTMLElement | null>, panels: number, share?: number): number {
  const [room, setRoom] = useState({ main: 600, fixed: 160 })
  useLayoutEffect(() => {
    const element = main.current
    if (!element) return
    const parts = [...element.querySelectorAll<HTMLElement>(':scope > [data-fixed]')]
    const measure = () => setRoom({ main: element.clientHeight, fixed: parts.reduce((sum, part) => sum + part.offsetHeight, 0) })
    const observer = new ResizeObserver(measure)
    for (const part of [element, ...parts]) observer.observe(part)
    measure()
    return () => observer.disconnect()
  }, [main, panels])
  return chartHeight({ ...room, panels, ...(share === undefined ? {} : { share }) })
}
