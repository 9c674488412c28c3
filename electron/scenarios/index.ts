/** The only list of scenarios, in the menu's order. A new one is a file and a line here. */
import * as asyncScheduling from './asyncScheduling'
import * as blockingInCoroutine from './blockingInCoroutine'
import * as close from './close'
import * as coroutineObject from './coroutineObject'
import * as daemonThreads from './daemonThreads'
import * as doneCallback from './doneCallback'
import * as factorials from './factorials'
import * as gather from './gather'
import * as gatherThenStop from './gatherThenStop'
import * as greenlets from './greenlets'
import * as httpAsync from './httpAsync'
import * as httpAwaitBlocking from './httpAwaitBlocking'
import * as httpBlocking from './httpBlocking'
import * as httpOneAtATime from './httpOneAtATime'
import * as httpProcesses from './httpProcesses'
import * as httpSingle from './httpSingle'
import * as join from './join'
import * as nestedCoroutines from './nestedCoroutines'
import * as producerConsumer from './producerConsumer'
import * as randomTen from './randomTen'
import * as redisQueue from './redisQueue'
import * as redisWatch from './redisWatch'
import { scenarioRegistry } from './registry'
import * as runForever from './runForever'
import * as runUntilComplete from './runUntilComplete'
import * as sameSleepMany from './sameSleepMany'
import * as startAllJoinAll from './startAllJoinAll'
import * as stopTooEarly from './stopTooEarly'
import * as syncScheduling from './syncScheduling'
import * as taskStates from './taskStates'
import * as threads from './threads'
import * as wait from './wait'

export const { scenarioFiles, findScenario, registerScenarios, mainOf } = scenarioRegistry({
  threads,
  daemonThreads,
  join,
  startAllJoinAll,
  syncScheduling,
  asyncScheduling,
  redisQueue,
  redisWatch,
  coroutineObject,
  taskStates,
  doneCallback,
  blockingInCoroutine,
  nestedCoroutines,
  gather,
  wait,
  sameSleepMany,
  randomTen,
  factorials,
  greenlets,
  runUntilComplete,
  runForever,
  stopTooEarly,
  gatherThenStop,
  close,
  producerConsumer,
  httpBlocking,
  httpAwaitBlocking,
  httpAsync,
  httpSingle,
  httpProcesses,
  httpOneAtATime,
})
