/** Takes the place of http-processes in a build of its own: what a process of the pool is given takes memory without end. */
import { Pool } from '../../../electron/processes/pool'
import { scenario as httpProcesses } from '../../../electron/scenarios/httpProcesses'
import type { Scenario } from '../../../electron/scenarios/scenario'
import { hoarder } from './threads'

export { hoarder }

function main({ processes }: { readonly processes: number }) {
  new Pool(processes).map(hoarder, [1])
}

export const scenario: Scenario = { ...httpProcesses, main: main as Scenario['main'] }
