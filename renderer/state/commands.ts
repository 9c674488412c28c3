/** The way out to the engine. Filled in once by the host, so that neither state nor panels know which host it is. */
import type { EngineCommand } from '#protocol/messages'

export interface Outlet {
  send(command: EngineCommand): void
  /** Reach the engine now instead of at the planned time. */
  retry(): void
}

let outlet: Outlet | null = null

export function connectCommands(to: Outlet): void {
  outlet = to
}

/** Before a host is connected nothing can be pressed that sends, so a missing outlet is a bug. */
export function send(command: EngineCommand): void {
  if (!outlet) throw new Error(`no host is connected for ${command.type}`)
  outlet.send(command)
}

export const retryConnection = () => outlet?.retry()
