/** All lanes over the whole run, with what failed below them and a frame around what is seen. For the pointer: keys move the view itself. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { endsBetween } from '../model/endsBetween'
import { niceStep } from '../model/format'
import { unwanted } from '../model/spanTree'
import { momentLabel } from '../model/timeLabels'
import type { TimeView } from '../model/timeView'
import { minimapHeight } from './drawMinimap'
import { headWidth, rightSpace } from './layout'
import { MinimapStage } from './minimapStage'
import { offsetOf, type TimelineRun } from './timelineRun'
import type { TimelineWords } from './words'

interface Props {
  /** Is given what follows the picture while the minimap is there. */
  readonly stage: { current: MinimapStage | null }
  readonly runs: readonly TimelineRun[]
  readonly words: TimelineWords
  readonly move: (move: (view: TimeView) => boolean) => void
  /** Its first picture is asked for. */
  readonly onReady: () => void
}

/** CSS px beside the pointer of which ends are counted. */
const reach = 2

export function Minimap({ stage, runs, words, move, onReady }: Props) {
  const surface = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const frame = useRef<HTMLDivElement>(null)
  const [tip, setTip] = useState<{ readonly x: number; readonly text: string } | null>(null)
  useLayoutEffect(() => {
    const made = new MinimapStage(surface.current!, canvas.current!, frame.current!, move)
    stage.current = made
    onReady()
    return () => {
      stage.current = null
      made.destroy()
    }
  }, [])
  const point = (event: PointerEvent) => {
    if (!surface.current || !stage.current || event.buttons !== 0) return setTip(null)
    const x = event.clientX - surface.current.getBoundingClientRect().left
    setTip({ x, text: textAt(stage.current, x, runs, words) })
  }
  return (
    <div
      ref={surface}
      class="minimap"
      aria-hidden="true"
      title={words.minimap.title}
      style={{ left: `${headWidth}px`, right: `${rightSpace}px`, height: `${minimapHeight}px` }}
      onPointerMove={point}
      onPointerDown={() => setTip(null)}
      onPointerLeave={() => setTip(null)}
    >
      <canvas ref={canvas} />
      <div ref={frame} class="minimap-frame" />
      {tip && (
        <p class="minimap-tip" style={{ left: `${tip.x}px` }}>
          {tip.text}
        </p>
      )}
    </div>
  )
}

function textAt(stage: MinimapStage, x: number, runs: readonly TimelineRun[], words: TimelineWords): string {
  const { time, perPixel } = stage.timeAt(x)
  const counts = unwanted.map(() => 0)
  for (const run of runs) {
    const [from, to] = [-reach, reach].map((px) => time - offsetOf(run) + px * perPixel)
    endsBetween(run.store, from!, to!).forEach((count, i) => {
      counts[i]! += count
    })
  }
  const step = niceStep(Math.max(perPixel * 10, 1e-9))
  return words.minimap.at(
    momentLabel(time, step, Math.abs(time)),
    unwanted.map((end, i) => [end, counts[i]!] as const).filter(([, count]) => count > 0),
  )
}
