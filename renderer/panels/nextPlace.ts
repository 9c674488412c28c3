/** Arrows, Home and End in a row or a column of things, as the ARIA patterns have it: behind the last comes the first. */
const arrows = {
  row: { back: 'ArrowLeft', on: 'ArrowRight' },
  column: { back: 'ArrowUp', on: 'ArrowDown' },
} as const

/** Where the key leads from `at`; undefined: it is another key. */
export function nextPlace(key: string, along: keyof typeof arrows, count: number, at: number): number | undefined {
  switch (key) {
    case arrows[along].on:
      return (at + 1) % count
    case arrows[along].back:
      return (at + count - 1) % count
    case 'Home':
      return 0
    case 'End':
      return count - 1
    default:
      return undefined
  }
}
