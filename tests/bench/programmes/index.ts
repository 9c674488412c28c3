/** Programmes that only benchmarks run: each measures itself and prints one number. Stands for the scenarios in the benchmarks' workers. */
import { scenarioRegistry } from '../../../electron/scenarios/registry'
import * as loops from './loops'

export const { scenarioFiles, findScenario, registerScenarios, mainOf } = scenarioRegistry({ loops })
