/** All that can be started: the programmes, and the synthetic run, which is none of them. */
import { findScenario, scenarioFiles } from '../scenarios/index'
import { synthetic } from '../synthetic/info'

export const known = [...scenarioFiles.map(({ scenario }) => scenario), synthetic] as const

/** Undefined where there is none of that id. */
export const findKnown = (id: string) => findScenario(id) ?? (id === synthetic.id ? synthetic : undefined)
