/**
 * Mouse, touchpad and fingers on the chart: the wheel zooms where the pointer is, by as much as it was turned; a drag pans, with Shift it frames what shall
 * fill the view, on the axis it marks what is to be measured; two fingers pinch; a click selects.
 */

export interface PointerActions {
  /** CSS px from the chart's left and top; null: the pointer left. */
  hover(at: { x: number; y: number } | null): void
  click(x: number, y: number): void
  /** Factor over 1 comes closer. */
  zoom(x: number, factor: number): void
  /** CSS px, positive: the content moves to the right. */
  pan(by: number): void
  /** What is framed while the button is held, CSS px; null: nothing any more. */
  frame(box: Box | null): void
  /** It was let go: this shall fill the view. */
  enter(box: Box): void
  /** Whether a drag from here measures. */
  isOnAxis(y: number): boolean
  /** From where it was pressed to where it is, CSS px; `snaps`: to the edges of bars. */
  measure(from: number, to: number, snaps: boolean): void
  /** It was let go. */
  measured(): void
  reset(): void
}

/** From the left one to the right one. */
export interface Box {
  readonly x0: number
  readonly x1: number
}

/** How far a press may slip and still be a click, and how wide a frame is at least, CSS px. */
export const slip = 4
/** e-fold of zoom per pixel of the wheel: one notch of a mouse (100 px) is a factor of 1.35. */
const perPixel = 0.003
const pixelsPerLine = 33

interface Press {
  readonly id: number
  readonly x: number
  readonly does: 'pans' | 'frames' | 'measures'
  last: number
  dragging: boolean
}

/** `letGo` ends a drag or a frame under way, as if nothing had been pressed. */
export function listenToPointer(
  target: HTMLElement,
  actions: PointerActions,
): { readonly stop: () => void; readonly letGo: () => void } {
  let pressed: Press | null = null
  const fingers = new Map<number, number>()
  const place = (event: MouseEvent) => {
    const box = target.getBoundingClientRect()
    return { x: event.clientX - box.left, y: event.clientY - box.top }
  }
  const letGo = () => {
    if (pressed?.does === 'frames') actions.frame(null)
    if (pressed?.does === 'measures' && pressed.dragging) actions.measured()
    pressed = null
    target.classList.remove('dragging', 'framing')
  }
  const down = (event: PointerEvent) => {
    if (event.button !== 0) return
    const { x, y } = place(event)
    if (event.pointerType === 'touch') fingers.set(event.pointerId, x)
    target.setPointerCapture(event.pointerId)
    letGo()
    const does = event.shiftKey ? 'frames' : actions.isOnAxis(y) ? 'measures' : 'pans'
    if (fingers.size <= 1) pressed = { id: event.pointerId, x, last: x, dragging: false, does }
  }
  const move = (event: PointerEvent) => {
    const at = place(event)
    if (fingers.size > 1 && fingers.has(event.pointerId)) {
      pinch(event.pointerId, at.x)
      return
    }
    if (pressed?.id !== event.pointerId) {
      actions.hover(at)
      return
    }
    if (!pressed.dragging && Math.abs(at.x - pressed.x) < slip) return
    if (!pressed.dragging) target.classList.add(pressed.does === 'pans' ? 'dragging' : 'framing')
    pressed.dragging = true
    actions.hover(null)
    if (pressed.does === 'frames') actions.frame(boxOf(pressed.x, at.x))
    else if (pressed.does === 'measures') actions.measure(pressed.x, at.x, !event.altKey)
    else actions.pan(at.x - pressed.last)
    pressed.last = at.x
  }
  /** Both fingers keep the times that they hold. */
  const pinch = (id: number, x: number) => {
    const [other] = [...fingers].filter(([one]) => one !== id).map(([, at]) => at)
    const before = fingers.get(id)! - other!
    fingers.set(id, x)
    // Where they meet no factor is meant; one that turns the view around is none, either.
    if (Math.abs(before) > slip && (x - other!) / before > 0) actions.zoom(other!, (x - other!) / before)
  }
  const up = (event: PointerEvent) => {
    fingers.delete(event.pointerId)
    if (pressed?.id !== event.pointerId) return
    const { dragging, does, x: from } = pressed
    const { x, y } = place(event)
    letGo()
    if (event.type !== 'pointerup') return
    if (!dragging) actions.click(x, y)
    else if (does === 'frames') actions.enter(boxOf(from, x))
  }
  const leave = () => {
    if (!pressed) actions.hover(null)
  }
  const wheel = (event: WheelEvent) => {
    const scale = event.deltaMode === 1 ? pixelsPerLine : event.deltaMode === 2 ? target.clientHeight : 1
    const [dx, dy] = [event.deltaX * scale, event.deltaY * scale]
    event.preventDefault()
    if (event.shiftKey || Math.abs(dx) > Math.abs(dy)) actions.pan(-(dx || dy))
    // A pinch on a touchpad comes as a wheel with Ctrl and small steps.
    else actions.zoom(place(event).x, Math.exp(-dy * perPixel * (event.ctrlKey && Math.abs(dy) < 50 ? 4 : 1)))
  }
  const double = () => actions.reset()
  target.addEventListener('pointerdown', down)
  target.addEventListener('pointermove', move)
  target.addEventListener('pointerup', up)
  target.addEventListener('pointercancel', up)
  target.addEventListener('pointerleave', leave)
  target.addEventListener('wheel', wheel, { passive: false })
  target.addEventListener('dblclick', double)
  const stop = () => {
    target.removeEventListener('pointerdown', down)
    target.removeEventListener('pointermove', move)
    target.removeEventListener('pointerup', up)
    target.removeEventListener('pointercancel', up)
    target.removeEventListener('pointerleave', leave)
    target.removeEventListener('wheel', wheel)
    target.removeEventListener('dblclick', double)
  }
  return { stop, letGo }
}

const boxOf = (a: number, b: number): Box => ({ x0: Math.min(a, b), x1: Math.max(a, b) })
