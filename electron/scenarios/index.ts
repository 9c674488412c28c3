/** The only list of scenarios. A new one is a file and a line here. */
import { registerFunctions } from '../threads/handles'
import * as asyncScheduling from './asyncScheduling'
import * as daemonThreads from './daemonThreads'
import * as join from './join'
import * as redisQueue from './redisQueue'
import type { Scenario } from './scenario'
import * as startAllJoinAll from './startAllJoinAll'
import * as syncScheduling from './syncScheduling'
import * as threads from './threads'

/** By the name of its file, in the menu's order. */
const modules = { threads, daemonThreads, join, startAllJoinAll, syncScheduling, asyncScheduling, redisQueue }

export const scenarioFiles = Object.entries(modules).map(([file, { scenario }]): { file: string; scenario: Scenario } => ({
  file,
  scenario,
}))

const byId = new Map(scenarioFiles.map(({ scenario }) => [scenario.id, scenario]))

/** Undefined where there is none of that id. */
export const findScenario = (id: string): Scenario | undefined => byId.get(id)

/** Its `main` takes parameters that the engine has checked. */
export function scenarioNamed(id: string): { main: (parameters: unknown) => void } {
  const found = byId.get(id)
  if (!found) throw new Error(`no scenario ${id}`)
  return found as unknown as { main: (parameters: unknown) => void }
}

/** Makes what scenarios export known by name in this worker. */
export function registerScenarios(): void {
  for (const { scenario, ...exported } of Object.values(modules)) registerFunctions(scenario.id, exported)
}
