/** Mouse and touchpad on the chart: the wheel zooms where the pointer is, by as much as it was turned; a drag pans; a click selects. */

export interface PointerActions {
  /** CSS px from the chart's left and top; null: the pointer left. */
  hover(at: { x: number; y: number } | null): void
  click(x: number, y: number): void
  /** Factor over 1 comes closer. */
  zoom(x: number, factor: number): void
  /** CSS px, positive: the content moves to the right. */
  pan(by: number): void
  reset(): void
}

/** How far a press may slip and still be a click, CSS px. */
const slip = 4
/** e-fold of zoom per pixel of the wheel: one notch of a mouse (100 px) is a factor of 1.35. */
const perPixel = 0.003
const pixelsPerLine = 33

export function listenToPointer(target: HTMLElement, actions: PointerActions): () => void {
  let pressed: { id: number; x: number; last: number; dragging: boolean } | null = null
  const place = (event: MouseEvent) => {
    const box = target.getBoundingClientRect()
    return { x: event.clientX - box.left, y: event.clientY - box.top }
  }
  const down = (event: PointerEvent) => {
    if (event.button !== 0) return
    const { x } = place(event)
    pressed = { id: event.pointerId, x, last: x, dragging: false }
    target.setPointerCapture(event.pointerId)
  }
  const move = (event: PointerEvent) => {
    const at = place(event)
    if (pressed?.id !== event.pointerId) {
      actions.hover(at)
      return
    }
    if (!pressed.dragging && Math.abs(at.x - pressed.x) < slip) return
    if (!pressed.dragging) target.classList.add('dragging')
    pressed.dragging = true
    actions.hover(null)
    actions.pan(at.x - pressed.last)
    pressed.last = at.x
  }
  const up = (event: PointerEvent) => {
    if (pressed?.id !== event.pointerId) return
    const clicked = !pressed.dragging && event.type === 'pointerup'
    pressed = null
    target.classList.remove('dragging')
    const { x, y } = place(event)
    if (clicked) actions.click(x, y)
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
  return () => {
    target.removeEventListener('pointerdown', down)
    target.removeEventListener('pointermove', move)
    target.removeEventListener('pointerup', up)
    target.removeEventListener('pointercancel', up)
    target.removeEventListener('pointerleave', leave)
    target.removeEventListener('wheel', wheel)
    target.removeEventListener('dblclick', double)
  }
}
