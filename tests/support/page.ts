/** The page without a window: its state joined with a line in memory, on whose other end the test plays the engine. */
import { memoryPair } from '../../electron/channels/memory'
import type { ScenarioInfo } from '../../electron/protocol/catalogue'
import type { Channel } from '../../electron/protocol/channel'
import type { EngineCommand, EngineEvent, RunId, RunInfo, SourceStatus } from '../../electron/protocol/messages'
import { defaultSettings } from '../../electron/protocol/settings'
import { connect } from '../../renderer/host/connect'
import type { Host } from '../../renderer/host/host'
import * as state from '../../renderer/state'
import type { Connection } from '../../renderer/state/connection'
import { sourceReport } from './sourceReport'

export interface PlayedEngine {
  readonly line: Channel<EngineCommand, EngineEvent | Uint8Array | unknown>
  /** What the page has sent, without acknowledgements unless they are asked for. */
  sent(withAcks?: boolean): readonly EngineCommand[]
  /** Loses the line, or has it back. */
  say(connection: Connection): void
  /** Sends and waits until it has arrived. */
  send(...messages: readonly unknown[]): Promise<void>
  /** Moves the page to the background or to the front. */
  show(visible: boolean): void
}

export async function playEngine(): Promise<PlayedEngine> {
  resetState()
  const [pageEnd, engineEnd] = memoryPair<unknown, EngineCommand>()
  const commands: EngineCommand[] = []
  let say: (connection: Connection) => void = () => undefined
  const host: Host = {
    kind: 'browser',
    channel: pageEnd,
    onConnection(listener) {
      say = listener
      listener({ phase: 'connected' })
      return () => undefined
    },
    retry: () => undefined,
  }
  const page = {
    visibilityState: 'visible' as DocumentVisibilityState,
    addEventListener: (_: string, listen: () => void) => (seen = listen),
  }
  let seen: () => void = () => undefined
  engineEnd.onMessage((command) => commands.push(command))
  connect(host, page as unknown as Document)
  await arrived()
  return {
    line: engineEnd,
    sent: (withAcks = false) => commands.filter((command) => withAcks || command.type !== 'ack'),
    say: (connection) => say(connection),
    async send(...messages) {
      for (const message of messages) engineEnd.send(message)
      await arrived()
    },
    show(visible) {
      page.visibilityState = visible ? 'visible' : 'hidden'
      seen()
    },
  }
}

/** Two turns: one for the message, one for the answer to it. */
export const arrived = () => new Promise<void>((resolve) => setTimeout(resolve, 0))

function resetState(): void {
  state.connection.value = { phase: 'connecting' }
  state.host.value = null
  state.catalogue.value = []
  state.place.value = { kind: 'start' }
  state.typed.value = {}
  state.lastValues.value = {}
  state.themeSetting.value = 'system'
  state.languageSetting.value = 'system'
  state.speed.value = 1
  state.contrasting.value = false
  state.runs.value = new Map()
  state.starting.value = false
  state.readdressed.value = null
  state.selection.value = null
  state.sidebarChoice.value = null
  state.viewport.value = { width: 1440, height: 900 }
  state.notices.value = []
  state.unreadable.value = 0
}

export const scenario = (id: string, more: Partial<ScenarioInfo> = {}): ScenarioInfo => ({
  id,
  group: 'scheduling',
  title: { en: id, zh: id },
  menu: { en: id, zh: id },
  lookFor: { en: '', zh: '' },
  contrastNote: { en: '', zh: '' },
  parameters: [{ name: 'durations', kind: 'secondsList', default: [6, 3], min: 0, max: 86_400 }],
  contrast: [],
  endless: false,
  reported: null,
  source: null,
  typescript: '',
  python: '',
  ...more,
})

export const runInfo = (id: number, scenarioId: string, more: Partial<RunInfo> = {}): RunInfo => ({
  id: id as RunId,
  scenario: scenarioId,
  parameters: { durations: [6, 3] },
  speed: 1,
  phase: 'running',
  group: null,
  idealSeconds: 9,
  idealFormula: '6 + 3',
  totalSeconds: null,
  error: null,
  synthetic: null,
  measured: {
    clockErrorSeconds: null,
    markCostSeconds: null,
    lateness: null,
    droppedMarks: 0,
    marks: 0,
    rows: 0,
    startedApartSeconds: null,
  },
  ...more,
})

export const sourceStatus = (more: Partial<SourceStatus> = {}): SourceStatus => ({
  ...sourceReport(),
  privateServer: 'none',
  concurrency: 100,
  paused: false,
  ...more,
})

const pair = ['sync-scheduling', 'async-scheduling']
export const twoScenarios = pair.map((id) => scenario(id, { contrast: pair }))

export const welcome = (more: Partial<Extract<EngineEvent, { type: 'welcome' }>> = {}): EngineEvent => ({
  type: 'welcome',
  host: { kind: 'browser', runtime: 'Node 20', version: '0' },
  catalogue: twoScenarios,
  runs: [],
  open: null,
  settings: defaultSettings,
  warmThreads: 6,
  ...more,
})
