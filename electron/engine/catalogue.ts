/** What the page is told of the scenarios, with the text of each as it stands in the running bundle. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ScenarioInfo } from '#protocol/catalogue'
import { scenarioFiles } from '../scenarios/index'
import { synthetic } from '../synthetic/info'

/** All that can be started: the programmes, and what is made up. */
export const readCatalogue = (workersDir: string): ScenarioInfo[] => [...readProgrammes(workersDir), synthetic]

export function readProgrammes(workersDir: string): ScenarioInfo[] {
  const texts: Record<string, string> = JSON.parse(readFileSync(join(workersDir, 'sources.json'), 'utf8'))
  return scenarioFiles.map(({ file, scenario }) => {
    const {
      main: _main,
      threads: _threads,
      connections: _connections,
      processes: _processes,
      ideal: _ideal,
      formula: _formula,
      ...info
    } = scenario
    return { ...info, typescript: programmeText(texts[file] ?? '') }
  })
}

/** The part between `// #region programme` and `// #endregion`: the programme without imports and metadata. */
export const programmeText = (source: string) =>
  (/\/\/ #region programme\n([\s\S]*?)\/\/ #endregion/.exec(source)?.[1] ?? source).trimEnd()
