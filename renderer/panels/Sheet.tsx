/** A modal dialog with its title and the cross that closes it. */
import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { CrossIcon } from './icons'

interface Props {
  /** Beside `sheet`; its heading has the id `<name>-title`. */
  readonly name: string
  readonly title: string
  /** What the cross does. */
  readonly close: string
  readonly onClose: () => void
  /** Escape was pressed; `preventDefault` keeps it open. */
  readonly onCancel?: (event: Event) => void
  readonly children: ComponentChildren
}

export function Sheet({ name, title, close, onClose, onCancel, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  // Modal, so that Esc closes it and the focus stays in it and goes back to what opened it.
  useEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog class={`sheet ${name}`} ref={dialog} aria-labelledby={`${name}-title`} onClose={onClose} onCancel={onCancel}>
      <div class="dialog-head">
        <h2 id={`${name}-title`}>{title}</h2>
        <button
          type="button"
          class="button quiet icon-only"
          title={close}
          aria-label={close}
          onClick={() => dialog.current?.close()}
        >
          <CrossIcon />
        </button>
      </div>
      {children}
    </dialog>
  )
}
