/**
 * Labels tie the lines of a programme's two texts to bars. A trailing comment names them: `// @work-sleeping @work-ready` (`#` in Python): here is
 * where a task that runs `work` is in that state. The line that defines a function has the function's own name as a label. Labels are not shown.
 */
import type { State } from '#protocol/vocabulary'

const trailing = /\s*(?:\/\/|#)((?:\s*@\w+(?:-\w+)?)+)\s*$/
const definition = /\b(?:function\*?|def)\s+(\w+)\s*\(/

const camelCase = (name: string) => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())

export const withoutLabel = (line: string) => line.replace(trailing, '')

/** The text as it is copied: without the labels. */
export const withoutLabels = (text: string) => `${text.split('\n').map(withoutLabel).join('\n').trim()}\n`

/** The labels of each line. Names are those of the TypeScript text: `fetch_all` of the Python one is `fetchAll`. */
export function labelsOf(text: string): readonly (readonly string[])[] {
  return text.split('\n').map((line) => {
    const defined = definition.exec(line)?.[1]
    const named = (trailing.exec(line)?.[1] ?? '').match(/[\w-]+/g) ?? []
    return [...named, ...(defined === undefined ? [] : [camelCase(defined)])]
  })
}

/** The label of a bar of a task that runs `target`: the one for its state, else the function's own. */
export function labelOf(target: string, state: State, labels: readonly (readonly string[])[]): string {
  const exact = `${target}-${state}`
  return labels.some((line) => line.includes(exact)) ? exact : target
}

/** The lines, from 0, that belong to such a bar. */
export function linesOf(text: string, target: string, state: State): readonly number[] {
  const labels = labelsOf(text)
  const label = labelOf(target, state, labels)
  return labels.flatMap((line, index) => (line.includes(label) ? [index] : []))
}

/** A line that a programme which never ends does not come to has this label. */
const neverReached = 'never-reached'

export const unreachedLines = (text: string): readonly number[] =>
  labelsOf(text).flatMap((line, index) => (line.includes(neverReached) ? [index] : []))
