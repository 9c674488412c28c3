/** The only list of scenarios, in the menu's order. A new one is a file and a line here. */
import * as asyncScheduling from './asyncScheduling'
import * as daemonThreads from './daemonThreads'
import * as httpBlocking from './httpBlocking'
import * as httpSingle from './httpSingle'
import * as join from './join'
import * as redisQueue from './redisQueue'
import { scenarioRegistry } from './registry'
import * as startAllJoinAll from './startAllJoinAll'
import * as syncScheduling from './syncScheduling'
import * as threads from './threads'

export const { scenarioFiles, findScenario, registerScenarios, mainOf } = scenarioRegistry({
  threads,
  daemonThreads,
  join,
  startAllJoinAll,
  syncScheduling,
  asyncScheduling,
  redisQueue,
  httpBlocking,
  httpSingle,
})
