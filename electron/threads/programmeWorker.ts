/** Entry of a programme's worker: the thread that is the scenario's main. Its threads are workers nested in it and die with it. */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { httpThreads } from '../http/messages'
import { prepareHttp } from '../http/prepare'
import { rehearseLoop } from '../loop/rehearsal'
import { prepareProcesses } from '../processes/processLine'
import { mainOf, registerScenarios } from '../scenarios/index'
import { createClockCheck, measureClockError, measureMarkCost } from './clockCheck'
import { setSourceLine } from './consumerThread'
import { enterThread } from './context'
import { Stopped } from './controlBlock'
import { describeError } from './nestedThread'
import { setPool, ThreadPool } from './pool'
import type { FromProgramme, ProgrammeData, ToProgramme } from './programmeMessages'
import { nonDaemonThreadsEnded } from './thread'
import { warmUp } from './warmUp'

const clockAttempts = 4
/** Below the engine's patience with a stop. */
const longestUnwindMillis = 100

const data = workerData as ProgrammeData
const port = parentPort!
const tell = (message: FromProgramme, transfer: MessagePort[] = []) => port.postMessage(message, transfer)

registerScenarios()
const clockCheck = createClockCheck()
const context = enterThread({ ...data, slot: 0, clockCheck })
const pool = new ThreadPool(context, [...data.rings], data.ringSlots, (slot, ring, life) =>
  tell({ type: 'thread', slot, ring, life }, [life]),
)
setPool(pool)

let loading = true
let exiting = false

/** Threads that have just ended, were woken by a stop, or serve come to rest first; then all end, and this thread with them. */
async function exitAtRest(): Promise<void> {
  if (exiting) return
  exiting = true
  tell({ type: 'ending' })
  pool.rest()
  const still = new Int32Array(new SharedArrayBuffer(4))
  for (let waited = 0; waited < longestUnwindMillis && !context.control.atRest; waited++) Atomics.wait(still, 0, 0, 1)
  Atomics.wait(still, 0, 0, 2)
  await pool.end()
  // What this thread told Node's main thread of their ends is heard before the answer comes; exiting at once, Node would keep the ports of some for ever.
  tell({ type: 'ended' })
}

/** Main is task 0 on lane 0. What it throws ends it *failed*; its threads go on, as in Python. */
function runMain(scenario: string, parameters: Parameters): void {
  const main = mainOf(scenario)
  context.task = 0
  // The gate is what made main ready; its first line is the run's zero.
  context.state(0, 0, 'ready')
  context.state(0, 0, 'running')
  try {
    main(parameters)
    context.end(0, 0, 'finished')
  } catch (error) {
    if (error instanceof Stopped) {
      context.end(0, 0, 'killed')
      return
    }
    context.end(0, 0, 'failed', describeError(error))
  }
  context.runEndHooks()
}

async function prepare(message: Extract<ToProgramme, { type: 'prepare' }>): Promise<void> {
  context.speed = message.speed
  if (message.source) setSourceLine(message.source)
  loading = true
  pool.rings.push(...message.rings)
  await Promise.all([
    pool.warm('consumer', message.source ? 1 : 0),
    pool.warm('http', message.connections > 0 ? httpThreads : 0),
    pool.warm('nested', message.threads),
  ])
  loading = false
  let serverUrl: string | null = null
  if (message.connections > 0 && !context.control.stopped) serverUrl = await prepareHttp(context, pool, message.connections)
  if (message.processes && !context.control.stopped) {
    await prepareProcesses(context, message.processes.port, message.processes.count, serverUrl)
  }
  context.lane(0, 'main', 'main')
  context.declareTask(0, 0, 'main', 'main')
  tell({ type: 'prepared' })
  context.control.passGate()
  if (!context.control.stopped) runMain(message.scenario, message.parameters)
  // The programme lives until its last non-daemon thread has ended, and takes the rest along.
  if (!context.control.stopped) await nonDaemonThreadsEnded()
  await exitAtRest()
}

/** A rehearsal, which blocks, was stopped; or something could not be prepared, which ends the run. */
function endPreparing(error: unknown): void {
  if (!(error instanceof Stopped)) throw error
  void exitAtRest()
}

port.on('message', (message: ToProgramme) => {
  if (message.type === 'prepare') prepare(message).catch(endPreparing)
  else if (message.type === 'exit') process.exit(0)
  // One that is loading looks for a stop by itself when that is done, and so ends no thread that has not loaded.
  else if (!loading) void exitAtRest()
})

const loaded = pool.warm('nested', data.warm)
const markCostSeconds = measureMarkCost(data.epoch)
warmUp(context.shares)
rehearseLoop()
void loaded.then(() => {
  loading = false
  if (context.control.stopped) {
    void exitAtRest()
    return
  }
  // Only now: threads that still load would be off their core just when they should answer.
  const partner = pool.firstParked
  let clockErrorSeconds: number | null = null
  // On a busy machine the partner may be off its core for longer than it is waited for.
  for (let attempt = 0; attempt < clockAttempts && partner !== null && clockErrorSeconds === null; attempt++) {
    clockErrorSeconds = measureClockError(
      clockCheck,
      () => context.writer.now(),
      () => context.control.wakeThread(partner),
    )
  }
  tell({ type: 'warm', threads: pool.parked, markCostSeconds, clockErrorSeconds })
})
type Parameters = Extract<ToProgramme, { type: 'prepare' }>['parameters']
