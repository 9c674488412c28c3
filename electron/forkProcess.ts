/** Starts processes where the host is Node itself. (Electron's way is in desktop.ts: its packed app cannot be run as Node.) */
import { fork } from 'node:child_process'
import type { SpawnProcess } from './processes/messages'

export const forkProcess: SpawnProcess = (file) => {
  // Advanced: marks hold NaN and clocks count in bigint, which JSON knows nothing of. Flags of ours, an inspector's port for one, are not the child's.
  const child = fork(file, { serialization: 'advanced', execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  return {
    send(message) {
      // It may have ended a moment ago; `exit` tells.
      if (child.connected) child.send(message, () => undefined)
    },
    onMessage: (listener) => void child.on('message', listener),
    onExit(listener) {
      let told = false
      for (const event of ['exit', 'error'] as const) {
        child.once(event, () => {
          if (!told) listener()
          told = true
        })
      }
    },
    kill: () => void child.kill('SIGKILL'),
  }
}
