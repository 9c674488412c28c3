/** What the benchmarks start ends with them, also on Ctrl+C and a polite kill. */

const endings = new Set<() => void>()

/** `end` must act at once, without waiting. What is undone earlier calls what is returned. */
export function atExit(end: () => void): () => void {
  endings.add(end)
  return () => endings.delete(end)
}

/** Call once. */
export function endChildrenWithUs(): void {
  process.once('exit', () => {
    for (const end of endings) end()
  })
  process.once('SIGINT', () => process.exit(130))
  process.once('SIGTERM', () => process.exit(143))
}
