/** How the page stands with the engine. */
export type Connection =
  | { readonly phase: 'connecting' }
  | { readonly phase: 'connected' }
  /** nextAttemptAt: wall clock, ms since 1970. */
  | { readonly phase: 'lost'; readonly attempt: number; readonly nextAttemptAt: number }
