/** A process and all that it starts, ended as one. */
import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'

const windows = process.platform === 'win32'

/** For `spawn`: a group of its own, which does not hear a terminal's Ctrl+C. Windows knows no groups, and opens a console for what is detached. */
export const ownGroup: SpawnOptions = windows ? { windowsHide: true } : { detached: true }

/** To a process that was spawned with `ownGroup`. When it has ended, to what is left of its group; Windows forgets what that is. */
export function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  const { pid } = child
  if (pid === undefined) return
  if (windows) {
    // The tree is followed from a process that is still there.
    if (child.exitCode !== null || child.signalCode !== null) return
    spawn('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore', windowsHide: true }).on('error', () => child.kill())
    return
  }
  try {
    process.kill(-pid, signal)
  } catch (error) {
    // Nobody of the group is left; macOS has another word for that where they are not waited for yet.
    if (!['ESRCH', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
  }
}
