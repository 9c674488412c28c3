const words = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth']

/** Name of the task at `index` (from 0): first … tenth, then task-11 and so on. */
export const ordinal = (index: number) => words[index] ?? `task-${index + 1}`

/** The same in Python, for the programs of scenarios: NAMES and name_of(index). */
export const pythonOrdinal = `NAMES = [${words.map((word) => `"${word}"`).join(', ')}]


    def name_of(index):
        return NAMES[index] if index < len(NAMES) else f"task-{index + 1}"`
