/** Files that are whole at any moment, for this user alone. */
import { chmod, mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Whoever reads sees the old text or the new one, also after a crash. Makes the folder. Throws what the file system throws. */
export async function writeWhole(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  // Of its own for each process: two that write at once must not mix their texts.
  const draft = `${file}.${process.pid}.new`
  try {
    const handle = await open(draft, 'w', 0o600)
    try {
      // A draft of one that crashed keeps the rights it had.
      await chmod(draft, 0o600)
      await handle.writeFile(text)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(draft, file)
  } catch (error) {
    // What went wrong first is what is told.
    await rm(draft, { force: true }).catch(() => undefined)
    throw error
  }
}
