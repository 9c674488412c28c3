/** The process of cycles.ts: cycles come as JSON on stdin, a line of JSON leaves after each. */
import { readdirSync, readFileSync } from 'node:fs'
import { decodeFrame } from '#protocol/frame'
import type { EngineCommand, EngineEvent, RunId, RunPhase } from '#protocol/messages'
import { memoryPair } from '../../electron/channels/memory'
import { createEngine } from '../../electron/engine/createEngine'
import { forkProcess } from '../../electron/forkProcess'
import { memorySettings } from '../../electron/settings/keptSettings'
import type { Cycle, Taken } from './cycles'
import { pause } from './until'

declare const gc: () => void

const engine = createEngine({
  host: { kind: 'browser', runtime: 'test', version: '0' },
  workersDir: process.env['LOOPSCOPE_WORKERS'] ?? '',
  spawnProcess: forkProcess,
  dataDir: 'node_modules/.cache/tests/data',
  open: null,
  askBeforeConsuming: false,
  settings: memorySettings(),
})
const [page, host] = memoryPair<EngineEvent | Uint8Array, unknown>()
const send = (command: EngineCommand) => page.send(command)
const phases = new Map<RunId, RunPhase>()
let warm = false
let look: () => unknown = () => undefined

page.onMessage((message) => {
  if (message instanceof Uint8Array) acknowledge(message)
  else if (message.type === 'run') phases.set(message.run.id, message.run.phase)
  else if (message.type === 'warm') warm = true
  else if (message.type === 'refused') throw new Error(message.problem.en)
  look()
})

function acknowledge(bytes: Uint8Array): void {
  const frame = decodeFrame(bytes)
  if (!frame.ok) throw new Error(frame.problem)
  send({ type: 'ack', sequence: frame.value.sequence })
}

const until = (holds: () => boolean) =>
  new Promise<void>((resolve) => {
    look = () => holds() && resolve()
    look()
  })
const over: readonly RunPhase[] = ['finished', 'stopped', 'failed']

async function live({ scenarios, stopAfter }: Cycle): Promise<Taken> {
  warm = false
  phases.clear()
  send({ type: 'start', scenarios, speed: 100 })
  await until(() => phases.size === scenarios.length)
  if (stopAfter !== null) {
    if (stopAfter > 0) await pause(stopAfter)
    send({ type: 'stop', runs: [...phases.keys()] })
  }
  await until(() => warm && [...phases.values()].every((phase) => over.includes(phase)))
  gc()
  const { rss: rssBytes, heapUsed: heapBytes } = process.memoryUsage()
  const [threads, handles] = ['task', 'fd'].map((name) => readdirSync(`/proc/self/${name}`).length) as [number, number]
  return { phases: [...phases.values()], threads, handles, rssBytes, heapBytes }
}

async function liveAll(): Promise<void> {
  const cycles: Cycle[] = JSON.parse(readFileSync(0, 'utf8'))
  engine.attach(host)
  send({ type: 'attach' })
  await until(() => warm)
  for (const cycle of cycles) process.stdout.write(`${JSON.stringify(await live(cycle))}\n`)
  await engine.close()
}

liveAll().catch((error: unknown) => {
  console.error(error)
  process.exit(1)
})
