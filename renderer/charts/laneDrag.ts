/** A head that is dragged up or down: the pointer is held from the press until it is let go or Escape is pressed. */
import { slip } from './pointer'

export interface LaneDrag {
  /** It is dragged, and the pointer is at that height of the window, CSS px. */
  over(clientY: number): void
  drop(): void
  cancel(): void
}

export function dragLane(down: PointerEvent, head: HTMLElement, drag: LaneDrag): void {
  if (down.button !== 0 || !down.isPrimary) return
  let dragging = false
  const move = (event: PointerEvent) => {
    if (event.pointerId !== down.pointerId) return
    if (!dragging && Math.abs(event.clientY - down.clientY) < slip) return
    if (!dragging) head.setPointerCapture(down.pointerId)
    dragging = true
    drag.over(event.clientY)
  }
  const stop = () => {
    window.removeEventListener('pointermove', move)
    window.removeEventListener('pointerup', up)
    window.removeEventListener('pointercancel', cancel)
    window.removeEventListener('keydown', key, true)
  }
  const up = (event: PointerEvent) => {
    if (event.pointerId !== down.pointerId) return
    stop()
    if (dragging) drag.drop()
  }
  const end = () => {
    stop()
    drag.cancel()
  }
  const cancel = (event: PointerEvent) => {
    if (event.pointerId === down.pointerId) end()
  }
  const key = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !dragging) return
    event.preventDefault()
    event.stopPropagation()
    end()
  }
  window.addEventListener('pointermove', move)
  window.addEventListener('pointerup', up)
  window.addEventListener('pointercancel', cancel)
  window.addEventListener('keydown', key, true)
}
