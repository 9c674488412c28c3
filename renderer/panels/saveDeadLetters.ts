/** The dead letters that are meant, each with its whole payload → a file of the person's. */
import { DeadLettersFile } from '../exporters/deadLetters'
import { saveFile } from '../exporters/save'
import type { RunView } from '../state'
import { readDeadLetters } from '../state/deadLetters'

/** Where not all could be read nothing is saved: half a file looks like a whole one. */
export async function saveDeadLetters({ source }: RunView): Promise<void> {
  const { queue = '', address = '' } = source?.status ?? {}
  const file = new DeadLettersFile(queue, address, new Date())
  if (await readDeadLetters((letters) => file.add(letters))) saveFile(file.end(), 'dead-letters.json')
}
