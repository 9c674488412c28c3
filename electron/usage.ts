/** What was typed cannot be done: one sentence, exit code 2, no stack. */
export class UsageError extends Error {
  override name = 'UsageError'
}
