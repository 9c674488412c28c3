/** Undoes what returned it; calling it twice does nothing more. */
export type Undo = () => void

/** One end of a two-way line. A transport (port, WebSocket, memory, replay) is one small file that makes such ends. */
export interface Channel<In, Out> {
  send(message: Out): void
  /** One listener at a time; messages that came before it wait for it. */
  onMessage(listener: (message: In) => void): Undo
  /** Called once when the other end is gone. */
  onClose(listener: () => void): Undo
  /** `reason`: why, where the other end misbehaved; said on the console and, where the transport can, to the other end. */
  close(reason?: string): void
}

/** How an error crosses a line: what happened, and nothing that needs the class. */
export interface WireError {
  readonly name: string
  readonly message: string
}
