/** The engine: joins pages to runs. All that differs between hosts came as options. */
import { type LocalText, untranslated } from '#protocol/catalogue'
import type { Channel, Undo } from '#protocol/channel'
import type { EngineCommand, EngineEvent, RunId } from '#protocol/messages'
import type { SettingsChange } from '#protocol/settings'
import { unreachable } from '#protocol/unreachable'
import { LineGuard, tooMany } from '../channels/lineGuard'
import { readCatalogue } from './catalogue'
import type { Engine, EngineOptions } from './engine'
import { PageSettings } from './pageSettings'
import { PrivateRedis } from './privateRedis'
import { Publisher } from './publisher'
import { limit, Runs } from './runs'
import { noQueueAnswer } from './sourceLine'

/** Rings are read so often; a page that is hidden needs less. */
const drainMillis = 16
const hiddenEvery = 16
/** Readings of the rings after which pages hear again how well a run is measured: a second. */
const measuredEvery = 64
/** After the first page has joined, which draws itself then: seven threads that load beside it would take the cores from it. */
const warmAfterMillis = 300
/** Runs whose history is kept when a page starts new ones. */
const keptRuns = 12

interface Page {
  readonly channel: Channel<unknown, EngineEvent | Uint8Array>
  readonly publisher: Publisher
  readonly guard: LineGuard
  attached: boolean
}

export function createEngine(options: EngineOptions): Engine {
  const catalogue = readCatalogue(options.workersDir)
  const pages = new Set<Page>()
  const send = (page: Page, event: EngineEvent) => page.channel.send(event)
  const tellAll = (event: EngineEvent) => {
    for (const page of pages) if (page.attached) send(page, event)
  }
  let warmThreads = 0
  let refused = 0
  const runs = new Runs({
    workersDir: options.workersDir,
    spawnProcess: options.spawnProcess,
    askBeforeConsuming: options.askBeforeConsuming,
    ringSlots: options.ringSlots,
    onChange: (run) => tellAll({ type: 'run', run: run.info() }),
    onSource: (run, report) => tellAll({ type: 'source', run: run.id, status: privateRedis.statusOf(report) }),
    onWarm: (threads) => {
      warmThreads = threads
      tellAll({ type: 'warm', threads })
    },
  })

  const privateRedis = new PrivateRedis(options.dataDir, () => {
    for (const page of pages) if (page.attached) sendSources(page)
  })

  const settings = new PageSettings(options.settings, (text) => {
    tellAll({ type: 'notice', text })
    return [...pages].some((page) => page.attached)
  })

  /** Returns why it may not be, or null. */
  function changeSettings(change: SettingsChange): LocalText | null {
    const told = settings.change(change)
    if (!told.ok) return told.problem
    tellAll({ type: 'settings', change: told.value })
    return null
  }
  const { open } = options
  if (open) {
    const problem = changeSettings({ speed: open.speed ?? undefined, parameters: { [open.scenario]: open.parameters } })
    if (problem !== null) throw new Error(`what is to be opened was not checked: ${problem.en}`)
  }

  const greetings: LocalText[] = []
  let warming: NodeJS.Timeout | undefined
  let tick = 0
  const timer = setInterval(() => {
    tick++
    for (const run of runs.all) if (!run.isOver) run.drain()
    measureApart()
    if (tick % measuredEvery === 0) tellMeasured()
    for (const page of pages) {
      if (page.attached && (page.publisher.visible || tick % hiddenEvery === 0)) page.publisher.publish(runs.all, Date.now())
    }
  }, drainMillis)

  /** Once every run of a group has begun, how far apart their zeros are. */
  function measureApart(): void {
    for (const run of runs.all) {
      if (run.group === null || run.startedApartSeconds !== null) continue
      const zeros = runs.all.filter((other) => other.group === run.group).map((other) => other.zero)
      if (zeros.includes(null)) continue
      run.startedApartSeconds = (Math.max(...(zeros as number[])) - Math.min(...(zeros as number[]))) / 1e9
      tellAll({ type: 'run', run: run.info() })
    }
  }

  /** What grows while a run goes on and is in no frame. */
  function tellMeasured(): void {
    for (const run of runs.all) if (run.phase === 'running') tellAll({ type: 'run', run: run.info() })
  }

  function forgetOldRuns(): void {
    const over = runs.all.filter((run) => run.isOver).map((run) => run.id)
    forget(over.slice(0, Math.max(0, runs.all.length - keptRuns)))
  }

  function forget(ids: readonly RunId[]): void {
    if (ids.length === 0) return
    runs.forget(ids)
    for (const page of pages) page.publisher.forget(ids)
    tellAll({ type: 'forgotten', runs: ids })
  }

  function attach(page: Page): void {
    page.attached = true
    page.publisher.restart()
    const infos = runs.all.map((run) => run.info())
    send(page, {
      type: 'welcome',
      host: options.host,
      catalogue,
      runs: infos,
      open: open?.scenario ?? null,
      settings: settings.current,
      warmThreads,
    })
    sendSources(page)
    for (const text of [...greetings.splice(0), ...settings.takeNotices()]) send(page, { type: 'notice', text })
    warming ??= setTimeout(() => runs.warm(), warmAfterMillis)
  }

  function sendSources(page: Page): void {
    for (const run of runs.all) {
      if (!run.source?.latest) continue
      send(page, { type: 'source', run: run.id, status: privateRedis.statusOf(run.source.latest) })
    }
  }

  /** Returns why the command was not obeyed, or null. */
  async function obey(page: Page, command: EngineCommand): Promise<LocalText | null> {
    switch (command.type) {
      case 'attach':
        attach(page)
        return null
      case 'start': {
        const requests = settings.complete(command.scenarios)
        if (!requests.ok) return requests.problem
        forgetOldRuns()
        const started = runs.startAny(requests.value, command.speed)
        if (!started.ok) return started.problem
        for (const run of started.value) tellAll({ type: 'run', run: run.info() })
        const change = settings.changeBy(requests.value, command.speed)
        if (change) changeSettings(change)
        return null
      }
      case 'stop':
        for (const id of command.runs) void runs.get(id)?.stop()
        return null
      case 'forget': {
        const going = command.runs.some((id) => runs.get(id)?.isOver === false)
        if (going) return untranslated('A run is forgotten only when it is over.')
        forget(command.runs)
        return null
      }
      case 'ack':
        if (!page.publisher.acknowledge(command.sequence))
          return untranslated(`frame ${command.sequence} was not sent on this line.`)
        // At once: of a long history the page would wait for the next tick after every three frames.
        if (page.publisher.visible) page.publisher.publishMore(runs.all, Date.now())
        return null
      case 'visible':
        page.publisher.visible = command.visible
        return null
      case 'push':
        return push(command.run, command.payloads)
      case 'answer':
        runs.get(command.run)?.source?.send({ type: 'answer', choice: command.choice })
        return null
      case 'source':
        if (command.action === 'private') return privateRedis.take(runs.get(command.run))
        runs.get(command.run)?.source?.send({ type: 'source', action: command.action })
        return null
      case 'limit':
        return limit(runs.get(command.run), command)
      case 'dead': {
        const { run: id, id: request } = command
        const run = runs.get(id)
        const answer = await (run?.source && run.phase === 'running' ? run.source.deadLetters(command.request) : noQueueAnswer)
        if (pages.has(page)) send(page, { type: 'dead', run: id, id: request, answer })
        return null
      }
      case 'settings':
        return changeSettings(command.change)
      default:
        return unreachable(command)
    }
  }

  async function push(id: RunId, payloads: readonly string[]): Promise<LocalText | null> {
    const run = runs.get(id)
    if (run?.source && run.phase === 'running') return run.source.push(payloads)
    return { en: 'Nothing was pushed: no programme with a queue is running.', zh: '什么也没有推入：没有带队列的程序在运行。' }
  }

  function refuse(page: Page, command: EngineCommand['type'] | 'unknown', problem: LocalText): void {
    refused++
    if (!pages.has(page)) return
    send(page, { type: 'refused', command, problem })
    if (!page.guard.mayRefuseMore()) shut(page)
  }

  /** Ends the line of a page that misbehaves; runs and other pages go on. */
  function shut(page: Page): void {
    const problem = {
      en: `This page’s line was closed: ${tooMany}. Load the page anew.`,
      zh: '这个页面的连接已被关闭：消息太多，或被拒绝的太多。请重新载入页面。',
    }
    send(page, { type: 'refused', command: 'unknown', problem })
    pages.delete(page)
    page.channel.close(tooMany)
  }

  return {
    get refused() {
      return refused
    },
    attach(channel): Undo {
      const page: Page = {
        channel,
        publisher: new Publisher((frame) => channel.send(frame)),
        guard: new LineGuard(),
        attached: false,
      }
      pages.add(page)
      channel.onMessage((message) => {
        const command = page.guard.take(message)
        if (command === null) return shut(page)
        if (!command.ok) return refuse(page, 'unknown', untranslated(command.problem))
        void obey(page, command.value)
          // Such as no more threads: the page and the runs that go on must not suffer for it.
          .catch((error: unknown) =>
            untranslated(`${command.value.type}: ${error instanceof Error ? error.message : String(error)}`),
          )
          .then((problem) => {
            if (problem !== null) refuse(page, command.value.type, problem)
          })
      })
      const leave = () => {
        pages.delete(page)
        channel.close()
      }
      channel.onClose(() => pages.delete(page))
      return leave
    },
    greet(notice) {
      greetings.push(notice)
    },
    async close() {
      clearInterval(timer)
      clearTimeout(warming)
      await runs.close()
      // After the runs: what they had taken is given back to it.
      await privateRedis.close()
      for (const page of pages) page.channel.close()
      pages.clear()
    },
  }
}
