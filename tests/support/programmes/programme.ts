import type { Scenario } from '../../../electron/scenarios/scenario'

/** A scenario's metadata for a programme that picks what to do by the text `what`. */
export const testScenario = (id: string, threads: number, programmes: Readonly<Record<string, () => void>>): Scenario => ({
  id,
  group: 'threads',
  title: { en: id, zh: id },
  menu: { en: id, zh: id },
  lookFor: { en: id, zh: id },
  contrastNote: { en: id, zh: id },
  python: '',
  parameters: [{ name: 'what', kind: 'text', default: Object.keys(programmes)[0]! }],
  contrast: [],
  endless: false,
  reported: null,
  source: null,
  main: (({ what }: { what: string }) => programmes[what]!()) as Scenario['main'],
  threads: () => threads,
  ideal: () => null,
  formula: () => null,
})
