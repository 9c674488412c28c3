/** Saves what is shown: a button, and the menu of the files that can be made: data of each run, and pictures of all that is seen. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { type Exporter, exporters } from '../exporters'
import { type PictureKind, pictureKinds } from '../exporters/pictures'
import { save } from '../exporters/save'
import { t } from '../locales'
import { type RunView, slowFrames } from '../state'
import { chosen, hasCome, shown, shownLive, titleOf } from '../state/derived'
import { addNotice } from '../state/notices'
import { ExportIcon } from './icons'
import { nextPlace } from './nextPlace'
import { savePicture } from './savePicture'

export function ExportMenu() {
  slowFrames.value
  const [open, setOpen] = useState(false)
  const root = useRef<HTMLDivElement>(null)
  const runs = shown.value
  const words = t().export
  const why = whyNot(runs)
  const isOpen = open && why === null && runs.length > 0
  const items = () => [...(root.current?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])]
  // Before the next key comes: it is meant for the menu.
  useLayoutEffect(() => {
    if (isOpen) items()[0]?.focus()
  }, [isOpen])
  if (!chosen.value) return null
  const close = () => {
    setOpen(false)
    root.current?.querySelector('button')?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const all = items()
    const next = nextPlace(event.key, 'column', all.length, all.indexOf(document.activeElement as HTMLElement))
    if (event.key === 'Escape') close()
    else if (next !== undefined) all[next]?.focus()
    else return
    event.preventDefault()
  }
  const onFocusOut = ({ relatedTarget }: FocusEvent) => {
    if (!(relatedTarget instanceof Node && root.current?.contains(relatedTarget))) setOpen(false)
  }
  const choose = (exporter: Exporter, run: RunView) => {
    close()
    saveOrSay(exporter, run)
  }
  const choosePicture = (kind: PictureKind) => {
    close()
    savePicture(kind, runs).catch((error: unknown) => addNotice(() => t().export.failed(String(error))))
  }
  return (
    <div class="export" ref={root}>
      <button
        type="button"
        class="button quiet worded"
        aria-haspopup="menu"
        aria-expanded={isOpen}
        disabled={why !== null}
        title={why ?? words.title}
        onClick={() => setOpen(!isOpen)}
      >
        <ExportIcon />
        <span>{words.title}</span>
      </button>
      {isOpen && (
        <div class="items" role="menu" aria-label={words.title} tabIndex={-1} onKeyDown={onKeyDown} onFocusOut={onFocusOut}>
          {runs.flatMap((run) =>
            exporters.map((exporter) => (
              <button
                key={`${run.info.id} ${exporter.id}`}
                type="button"
                class="item"
                role="menuitem"
                tabIndex={-1}
                onClick={() => choose(exporter, run)}
              >
                {runs.length > 1 && <b>{titleOf(run.info.scenario)}</b>}
                {words.kinds[exporter.id]}
              </button>
            )),
          )}
          <hr />
          {pictureKinds.map((kind) => (
            <button
              key={kind.ending}
              type="button"
              class="item"
              role="menuitem"
              tabIndex={-1}
              onClick={() => choosePicture(kind)}
            >
              {kind.id === 'png' ? words.png(kind.scale) : words.svg}
            </button>
          ))}
        </div>
      )}
    </div>
  )
}

/** Why nothing can be saved now; null: it can. */
function whyNot(runs: readonly RunView[]): string | null {
  const words = t().export
  if (runs.length === 0) return words.nothing
  if (shownLive.value) return words.whenOver
  return runs.every(hasCome) ? null : words.whenHere
}

function saveOrSay(exporter: Exporter, { info, store }: RunView): void {
  try {
    save(exporter, info, store)
  } catch (error) {
    // A text longer than the engine's longest, or a file for which there is no memory.
    if (!(error instanceof RangeError)) throw error
    addNotice(() => t().export.tooLong)
  }
}
