/** Programmes that only tests run: each asks one question of the engine. */
import { scenarioRegistry } from '../../../electron/scenarios/registry'

import * as conformance from '../../loop/conformance/scenario'

import * as blockedQueue from './blockedQueue'

import * as http from './http'

import * as loopFaults from './loopFaults'
import * as loopStop from './loopStop'
import * as loops from './loops'
import * as ownLoops from './ownLoops'
import * as pools from './pools'
import * as queues from './queues'
import * as threads from './threads'

export const { scenarioFiles, findScenario, registerScenarios, mainOf } = scenarioRegistry({
  threads,
  queues,
  loops,
  loopStop,
  loopFaults,
  ownLoops,
  pools,
  conformance,
  http,
  blockedQueue,
})
