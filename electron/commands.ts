/** The headless commands: a run without a page, and the list. */
import type { DocumentTask } from '#protocol/document'
import { documentPieces } from '#protocol/documentPieces'
import type { OpenDocument } from '#protocol/makeDocument'
import { allowed, formatParameter } from '#protocol/parameters'
import type { Result } from '#protocol/result'
import { toRealMillis } from '#protocol/units'
import { ends } from '#protocol/vocabulary'
import { toOpenDocument } from './engine/document'
import type { KeptRun } from './engine/keptRun'
import { findKnown } from './engine/known'
import { noScenario, Runs } from './engine/runs'
import { forkProcess } from './forkProcess'
import { readSettings, readSpeed } from './hostOptions'
import { workersFolder } from './places'
import { scenarioFiles } from './scenarios/index'
import { synthetic, syntheticOptions } from './synthetic/info'
import { optionTakes, UsageError } from './usage'

const drainMillis = 16

/** Of a column: its longest text and a gap. */
const widthOf = (texts: readonly string[]) => Math.max(...texts.map(({ length }) => length)) + 2

export async function listScenarios(json: boolean): Promise<number> {
  const list = scenarioFiles.map(({ scenario }) => ({
    id: scenario.id,
    group: scenario.group,
    title: scenario.title.en,
    endless: scenario.endless,
    parameters: scenario.parameters.map((info) => ({ name: info.name, default: info.default, allowed: allowed(info) })),
  }))
  const widths = [list.map(({ id }) => id), list.map(({ title }) => title)].map(widthOf)
  const line = ({ id, title, parameters }: (typeof list)[number]) =>
    `${id.padEnd(widths[0]!)}${title.padEnd(widths[1]!)}${parameters.map((p) => `${p.name}=${formatParameter(p.default).replaceAll(' ', '')}`).join(' ')}`
  await print(json ? `${JSON.stringify(list, null, 2)}\n` : `${list.map(line).join('\n')}\n`)
  return 0
}

export interface RunOptions {
  readonly scenario: string
  readonly sets: readonly string[]
  readonly speed: string | undefined
  readonly seconds: string | undefined
  readonly json: boolean
}

export async function runScenario(options: RunOptions): Promise<number> {
  const { parameters, speed, seconds, endless } = check(options)
  if (endless && seconds === null && !process.stdin.isTTY) {
    throw new UsageError(
      `${options.scenario} never ends by itself: say for how many programme seconds with --for, for example --for 10.`,
    )
  }
  const runs = new Runs({
    workersDir: workersFolder,
    spawnProcess: forkProcess,
    askBeforeConsuming: false,
    onChange: () => undefined,
    onSource: (_run, status) => {
      tellSource(status.phase, status.reason?.en ?? null, status.address)
      if (status.warning) warnOnce(status.warning.en)
    },
    onWarm: () => undefined,
  })
  const started = runs.startAny([{ scenario: options.scenario, parameters }], speed)
  if (!started.ok) throw new UsageError(started.problem.en)
  const run = started.value[0]!
  let end: NodeJS.Timeout | undefined
  const timer = setInterval(() => {
    run.drain()
    // Armed once main runs; the rest of the time is then exact to a millisecond, which is a tenth of a second at speed 100.
    if (seconds !== null && run.zero !== null) {
      const left = toRealMillis(seconds, speed) - run.now() / 1e6
      // Node's timers may fire a millisecond early.
      end ??= setTimeout(() => void run.stop(), Math.max(0, Math.ceil(left) + 1))
    }
  }, drainMillis)
  let interrupted = false
  const interrupt = () => {
    interrupted = true
    void run.stop()
  }
  process.on('SIGINT', interrupt)
  process.on('SIGTERM', interrupt)
  if (!options.json) process.stderr.write(`${options.scenario} runs${seconds === null && endless ? '; Ctrl+C ends it' : ''} …\n`)
  await run.over
  clearInterval(timer)
  clearTimeout(end)
  const closed = runs.close()
  const document = toOpenDocument(run)
  if (options.json) for (const piece of documentPieces(document)) await print(piece)
  else await print(run.info().synthetic ? syntheticSummary(run) : summary(run, document))
  await closed
  const unreached = run.source !== null && !run.source.everReached
  if (unreached) process.stderr.write(`loopscope: ${run.source?.latest?.reason?.en ?? 'the queue was never reached'}\n`)
  if (run.info().error) process.stderr.write(`loopscope: ${run.info().error}\n`)
  const mainFailed = run.info().synthetic ? null : whyMainFailed(run, document)
  if (mainFailed !== null) process.stderr.write(`loopscope: main failed: ${mainFailed}\n`)
  // Whoever ends it has seen that no queue answers, or did not wait for one.
  return run.phase === 'failed' || (unreached && !interrupted) || mainFailed !== null ? 1 : 0
}

function check({ scenario: id, sets, speed, seconds }: RunOptions) {
  if (id === '') throw new UsageError('run: say which scenario; “list” shows them.')
  const scenario = findKnown(id)
  if (!scenario) throw new UsageError(noScenario(id).en)
  const parameters = checked(readSettings(sets, scenario))
  return {
    parameters,
    endless: scenario.endless || (scenario.id === synthetic.id && syntheticOptions(parameters).live),
    speed: checked(readSpeed(speed)),
    seconds: seconds === undefined ? null : readSeconds(seconds),
  }
}

function checked<T>(result: Result<T>): T {
  if (!result.ok) throw new UsageError(result.problem)
  return result.value
}

function readSeconds(text: string): number {
  const seconds = /^\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : Number.NaN
  if (!(seconds <= 86_400)) throw new UsageError(`--for: “${text}” is not ${optionTakes.for}.`)
  return seconds
}

const warned = new Set<string>()
function warnOnce(warning: string): void {
  if (!warned.has(warning)) process.stderr.write(`${warning}\n`)
  warned.add(warning)
}

let lastPhase = ''
/** Said once for each change: a person waits at the other end. */
function tellSource(phase: string, reason: string | null, address: string): void {
  if (phase === lastPhase) return
  lastPhase = phase
  if (phase === 'unreachable' || phase === 'refused')
    process.stderr.write(`${reason ?? `Redis at ${address} does not answer.`}\n`)
  if (phase === 'consuming') process.stderr.write(`Connected to ${address}.\n`)
}

/** Why tasks failed, by the task's place in the document. */
function errorsOf({ history }: KeptRun): Map<number, string> {
  const indices = Array.from({ length: history.ends.length }, (_, i) => i)
  return new Map(indices.map((i) => [history.ends.get('task', i), history.strings[history.ends.get('text', i)] ?? '']))
}

function whyMainFailed(run: KeptRun, { tasks }: OpenDocument): string | null {
  let index = 0
  for (const { name, end } of tasks) {
    if (name === 'main' && end === 'failed') return errorsOf(run).get(index) ?? ''
    index++
  }
  return null
}

/** A made-up run has more tasks than anybody reads. */
function syntheticSummary(run: KeptRun): string {
  const { history } = run
  const { synthetic: made, totalSeconds } = run.info()
  const counts = ends.map((end) => ({ end, count: 0 }))
  for (let i = 0; i < history.ends.length; i++) counts[history.ends.get('end', i)]!.count++
  const number = (value: number) => value.toLocaleString('en')
  return [
    `Synthetic: made up from seed ${made?.seed}, not measured.`,
    `${number(history.spans.length)} spans of ${number(history.tasks.length)} tasks on ${number(history.lanes.length)} lanes, ${totalSeconds?.toFixed(3)} s.`,
    `Ends: ${counts.map(({ end, count }) => `${number(count)} ${end}`).join(', ')}.`,
    '',
  ].join('\n')
}

function summary(run: KeptRun, document: OpenDocument): string {
  const errors = errorsOf(run)
  const seconds = (value: number | null) => (value === null ? '—' : value.toFixed(3)).padStart(10)
  const times = ({ readySeconds, startSeconds, finishSeconds }: DocumentTask) =>
    [readySeconds, startSeconds, finishSeconds].map(seconds).join('')
  const rows = Array.from(document.tasks, (task, index) =>
    `${task.name.padEnd(16)}${times(task)}  ${task.end}  ${errors.get(index) ?? ''}`.trimEnd(),
  )
  const ideal = document.idealSeconds === null ? '' : `; the ideal is ${document.idealSeconds} s`
  return [
    ...Array.from(document.output, (line) => `${seconds(line.seconds)}  ${line.lane.padEnd(12)} ${line.text}`),
    '',
    `${'task'.padEnd(16)}${['ready', 'started', 'finished'].map((word) => word.padStart(10)).join('')}  end`,
    ...rows,
    '',
    `${run.phase === 'stopped' ? 'Stopped after' : 'Finished in'} ${document.totalSeconds.toFixed(3)} s${ideal}. Programme seconds at speed ${document.speed}; ${document.droppedMarks} marks dropped.`,
    '',
  ].join('\n')
}

/** Resolves when stdout has it all: the process exits right after. */
export const print = (text: string | Uint8Array) => new Promise<void>((resolve) => process.stdout.write(text, () => resolve()))
