const words = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth']

/** Name of the task at `index` (from 0): first … tenth, then task-11 and so on. */
export const ordinal = (index: number) => words[index] ?? `task-${index + 1}`
