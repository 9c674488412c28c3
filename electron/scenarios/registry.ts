/** What a list of scenario modules makes possible: finding one, and calling its functions by name in every worker. */
import { registerFunctions } from '../threads/handles'
import type { Scenario } from './scenario'

type Module = Readonly<Record<string, unknown>> & { readonly scenario: Scenario }

export function scenarioRegistry(modules: Readonly<Record<string, Module>>) {
  /** `file`: the name of the scenario's file, without folder and ending. */
  const scenarioFiles = Object.entries(modules).map(([file, { scenario }]) => ({ file, scenario }))
  const byId = new Map(scenarioFiles.map(({ scenario }) => [scenario.id, scenario]))
  if (byId.size !== scenarioFiles.length) throw new Error('two scenarios have the same id')
  return {
    scenarioFiles,
    /** Undefined where there is none of that id. */
    findScenario: (id: string): Scenario | undefined => byId.get(id),
    /** Makes what scenarios export known by name in this worker. */
    registerScenarios(): void {
      for (const { scenario, ...exported } of Object.values(modules)) registerFunctions(scenario.id, exported)
    },
    /** Its `main` takes parameters that the engine has checked. */
    mainOf(id: string): (parameters: unknown) => void {
      const found = byId.get(id)
      if (!found) throw new Error(`no scenario ${id}`)
      return found.main as (parameters: unknown) => void
    },
  }
}
