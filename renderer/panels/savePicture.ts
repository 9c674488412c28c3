/** What the chart shows → a picture in a file. All lanes are in it, also those that are scrolled out of the window. */
import { headWidth, rightSpace } from '../charts/layout'
import { makePicture, type PictureKind } from '../exporters/pictures'
import { saveFile } from '../exporters/save'
import { t } from '../locales'
import { chartView, type RunView } from '../state'
import { contrastOn, menuOf, titleOf } from '../state/derived'
import { laneView } from '../state/lanes'
import { addNotice } from '../state/notices'
import { timelineRuns } from './ChartArea'
import { pictureAbout } from './pictureAbout'

/** Left and right of the chart, CSS px. */
const edges = 48

export async function savePicture(kind: PictureKind, runs: readonly RunView[]): Promise<void> {
  const { t0, t1, width } = chartView.value
  const timelines = timelineRuns()
  const pictured = runs.map(({ info }, index) => ({ info, run: timelines[index]! }))
  const about = pictureAbout(titleFor(runs), pictured, {
    t0,
    t1,
    width: width + headWidth + rightSpace + edges,
    lanes: laneView.value,
  })
  const file = await makePicture(kind, about)
  if (file instanceof Blob) saveFile(file, nameFor(runs) + kind.ending)
  else addNotice(() => t().export.tooLarge(grouped(file.width), grouped(file.height)))
}

const nameFor = (runs: readonly RunView[]) => `${runs[0]!.info.scenario}${contrastOn.value ? '-contrast' : ''}`

function titleFor(runs: readonly RunView[]): string {
  const names = runs.map(({ info }) => (runs.length > 1 ? menuOf(info.scenario) : titleOf(info.scenario)))
  return names.join(names.length === 2 ? ` ${t().contrast.against} ` : ' · ')
}

const grouped = (pixels: number) => pixels.toLocaleString('en')
