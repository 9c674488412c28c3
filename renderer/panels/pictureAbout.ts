/** What a picture that is saved says of the runs in it: title, range, and how they were measured. */
import type { RunInfo } from '#protocol/messages'
import { formatParameter, withoutPassword } from '#protocol/parameters'
import type { PictureAbout } from '../charts/picture/plan'
import type { TimelineRun } from '../charts/timelineRun'
import { t } from '../locales'
import { brief, exact, niceStep, prose } from '../model/format'
import type { LaneView } from '../model/laneView'
import { momentLabel, withSign } from '../model/timeLabels'
import { alignment, sayMoment } from '../state/alignment'

/** Of a run, whether it came over the wire or from a file. */
export interface Pictured {
  readonly info: Pick<RunInfo, 'scenario' | 'parameters' | 'speed' | 'totalSeconds'> & {
    readonly measured: Pick<RunInfo['measured'], 'droppedMarks' | 'markCostSeconds' | 'clockErrorSeconds'>
    readonly synthetic: { readonly seed: number } | null
  }
  readonly run: TimelineRun
}

export interface PictureView {
  /** Programme seconds. */
  readonly t0: number
  readonly t1: number
  /** Of the picture, CSS px. */
  readonly width: number
  /** How the lanes are arranged; missing: as they come. */
  readonly lanes?: LaneView
}

export function pictureAbout(title: string, pictured: readonly Pictured[], view: PictureView): PictureAbout {
  const words = t().export.picture
  const only = pictured.length === 1 ? pictured[0] : undefined
  const total = only?.info.totalSeconds ?? null
  const said = total === null ? [] : [words.total(exact(total, t().units))]
  const isAligned = pictured.some(({ run }) => run.offset !== undefined)
  const zero = isAligned ? t().status.zeroAt(pictured.length, sayMoment(alignment.value)) : null
  return {
    ...view,
    title,
    runs: pictured.map(({ run }) => run),
    words: t().timeline,
    range: [rangeText(view, zero !== null), ...(zero === null ? said : [zero]), ...filterText(view)].join(' · '),
    measured: measuredText(pictured),
    described: words.described,
  }
}

function rangeText({ t0, t1 }: PictureView, signed: boolean): string {
  const step = niceStep(Math.max((t1 - t0) / 10, 1e-9))
  const [from, to] = [t0, t1]
    .map((time) => momentLabel(time, step, Math.max(-t0, t1)))
    .map((label) => (signed ? withSign(label) : label))
  return t().export.picture.range(from!, to!)
}

/** A picture of some lanes must not be taken for one of all. */
const filterText = ({ lanes }: PictureView) => (lanes?.filter ? [t().export.picture.filter(lanes.filter)] : [])

/** As the status line has it, and how to do it again. */
function measuredText(pictured: readonly Pictured[]): string[] {
  const words = t().status
  const { units } = t()
  const all = pictured.map(({ info }) => info)
  const worst = (of: (info: Pictured['info']) => number | null) => {
    const known = all.map(of).filter((value) => value !== null)
    return known.length > 0 ? Math.max(...known) : null
  }
  const again = all.map(({ scenario, parameters }) =>
    withoutPassword(
      [scenario, ...Object.entries(parameters).map(([name, value]) => `${name}=${formatParameter(value)}`)].join(' '),
    ),
  )
  const made = all.find(({ synthetic }) => synthetic)?.synthetic
  if (made) return [t().app.name, t().synthetic.label(made.seed), ...again]
  const speed = all[0]?.speed ?? 1
  const total = worst(({ totalSeconds }) => totalSeconds) ?? 0
  const cost = worst(({ measured }) => measured.markCostSeconds)
  const clock = worst(({ measured }) => measured.clockErrorSeconds)
  return [
    t().app.name,
    speed === 1 ? words.realTime : words.speed(speed, brief(total / speed, units)),
    t().export.picture.lost(all.reduce((sum, { measured }) => sum + measured.droppedMarks, 0)),
    ...(cost === null ? [] : [words.markCost(prose(cost, units))]),
    ...(clock === null ? [] : [words.clock(prose(clock, units))]),
    ...again,
  ]
}
