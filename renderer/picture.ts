/** The page that nobody sees: draws the run that the command line serves, as the menu of the page would, and sends the picture back. */
import type { PictureRefusal, PictureTask } from '#protocol/pictureTask'
import { wholeView } from './charts/timelineRun'
import { makePicture } from './exporters/pictures'
import { type ImportedRun, importRun } from './importers/runDocument'
import { pictureAbout } from './panels/pictureAbout'
import './style/tokens.css'

const post = (path: string, body: BodyInit) => fetch(path, { method: 'POST', body })
const refuse = (refusal: PictureRefusal) => post('/refusal', JSON.stringify(refusal))

async function draw(): Promise<void> {
  // From the command line of the same build, which has checked what it read.
  const task: PictureTask = await (await fetch('/task.json')).json()
  const imported = read(task)
  if (imported instanceof RangeError) return void (await refuse({ kind: 'input', text: imported.message }))
  const { info, store } = imported
  const run = { id: store.id, store, live: false, total: info.totalSeconds }
  const { droppedMarks } = task.document
  const measured = { ...info.measured, droppedMarks }
  const about = pictureAbout(task.title, [{ info: { ...info, measured }, run }], { ...wholeView([run]), width: task.width })
  const file = await makePicture({ id: task.kind, scale: task.scale, ending: '' }, about)
  if (file instanceof Blob) await post('/picture', file)
  else await refuse({ kind: 'size', text: `${file.width} × ${file.height}` })
}

function read({ document }: PictureTask): ImportedRun | RangeError {
  try {
    return importRun(document)
  } catch (error) {
    if (error instanceof RangeError) return error
    throw error
  }
}

draw().catch((error: unknown) => refuse({ kind: 'fault', text: String(error) }))
