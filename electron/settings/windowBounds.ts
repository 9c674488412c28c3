/** Where the window appears: where it was, if it can be seen and taken hold of there. */
import type { WindowBounds } from './schema'

export interface Area {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Enough of the window's top to drag it by. */
const grip = { width: 120, height: 40 }

/** Without a place the system chooses one. `displays`: what windows may cover of each, the main one first. */
export function placeWindow(kept: WindowBounds | null, standard: Pick<Area, 'width' | 'height'>, displays: readonly Area[]) {
  const { x, y, width, height } = kept ?? { x: 0, y: 0, ...standard }
  const home = kept && displays.find((display) => hasGrip(kept, display))
  const display = home ?? displays[0]
  const size = { width: Math.min(width, display?.width ?? width), height: Math.min(height, display?.height ?? height) }
  return home ? { x, y, ...size } : size
}

function hasGrip({ x, y, width }: Area, display: Area): boolean {
  const seen = Math.min(x + width, display.x + display.width) - Math.max(x, display.x)
  return seen >= grip.width && y >= display.y && y + grip.height <= display.y + display.height
}
