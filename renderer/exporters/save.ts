/** A run, or a picture of it → a file of the person's, the way pages save files: in both hosts a download. */
import type { RunInfo } from '#protocol/messages'
import type { RunStore } from '../model/runStore'
import type { Exporter } from './exporter'
import { runDocument } from './runDocument'

/** Long enough for the host to have begun to read the file. */
const keptMillis = 60_000

export function save({ id, type, write }: Exporter, info: RunInfo, store: RunStore): void {
  saveFile(new Blob([...write(runDocument(info, store))], { type }), `${info.scenario}.${id}`)
}

/** `name`: what stands after "loopscope-". */
export function saveFile(file: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = `loopscope-${name}`
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), keptMillis)
}
