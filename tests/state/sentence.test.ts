import { beforeEach, expect, test } from 'vitest'
import { locale } from '../../renderer/locales'
import { RunStore } from '../../renderer/model/runStore'
import { connection, type RunView, runs, selection } from '../../renderer/state'
import { sentenceOf } from '../../renderer/state/sentence'
import { History } from '../support/frames'
import { runInfo } from '../support/page'

beforeEach(() => {
  locale.value = 'en'
  connection.value = { phase: 'connected' }
})

/** Plain: without bold marks and with ordinary spaces. */
function said(run: RunView, task: number | null = null): string {
  select(run, task)
  return sentenceOf(run).text.replaceAll('**', '').replaceAll('\u00a0', ' ')
}

function select(run: RunView, task: number | null): void {
  runs.value = new Map([[run.info.id, run]])
  selection.value = task === null ? null : { run: run.info.id, task }
}

function view(history: History, now: number, info: Parameters<typeof runInfo>[2]): RunView {
  const store = new RunStore(1, info?.speed ?? 1)
  store.append(history.frame({ now }))
  return { info: runInfo(1, 'any', info), store, source: null }
}

const sync = () =>
  new History()
    .lane('main', 'main')
    .lane('loop', 'loop')
    .task('first', 'loop')
    .task('second', 'loop')
    .span('first', 'ready', 0, 0.001)
    .span('second', 'ready', 0.001, null)

test('while the loop is held', () => {
  const run = view(sync().span('first', 'sleeping', 0.001, null), 4.2, {})
  expect(said(run)).toBe('Running for 4.2 s; first holds the loop, second is ready.')
  expect(said(run, 1)).toBe('second has been ready since 0.001 s and cannot run, because first holds the loop.')
})

test('why the second began late, and what held the loop', () => {
  const history = sync().span('first', 'sleeping', 0.001, 6.001).close('second', 6.001).end('first', 'finished', 6.001)
  history.span('second', 'sleeping', 6.001, 9.001).end('second', 'finished', 9.001)
  const run = view(history, 9.002, { phase: 'finished', totalSeconds: 9.002 })
  expect(said(run)).toBe('Finished in 9.002 s; the ideal is 9 s. first held the loop for 6.000 s while 1 task was ready.')
  expect(said(run, 1)).toBe('second was ready at 0.001 s and began at 6.001 s, because first held the loop for 6.000 s.')
  expect(said(run, 0)).toBe('first held the loop for 6.000 s and never suspended, while 1 task was ready.')
})

test('no single task is blamed where many held the loop a little', () => {
  const history = new History().lane('loop', 'loop')
  for (let i = 0; i < 20; i++) {
    history.task(`t${i}`, 'loop')
    if (i > 0) history.span(`t${i}`, 'ready', 0, i * 0.1)
    history.span(`t${i}`, 'running', i * 0.1, (i + 1) * 0.1).end(`t${i}`, 'finished', (i + 1) * 0.1)
  }
  const run = view(history, 2, { phase: 'finished', totalSeconds: 2, idealSeconds: 2 })
  expect(said(run)).toBe('Finished in 2.000 s; the ideal is 2 s. t0 held the loop for 0.100 s while 19 tasks were ready.')
})

test('who was ready is counted also where each held the loop too short for an alert', () => {
  const history = new History().lane('loop', 'loop')
  for (let i = 0; i < 5; i++) {
    history.task(`t${i}`, 'loop').span(`t${i}`, 'ready', 0, i * 0.3)
    history.span(`t${i}`, 'running', i * 0.3, (i + 1) * 0.3).end(`t${i}`, 'finished', (i + 1) * 0.3)
  }
  const run = view(history, 1.5, { speed: 10, phase: 'finished', totalSeconds: 1.5, idealSeconds: 1 })
  expect(said(run)).toMatch(/^Finished in 1.500 s; the ideal is 1 s. t\d held the loop for 3.000 s while 4 tasks were ready.$/)
})

test('all who were ready are counted, though the last of them waited longest for another one', () => {
  const history = new History().lane('loop', 'loop').task('first', 'loop').task('second', 'loop').task('third', 'loop')
  history.span('first', 'sleeping', 0, 2.1).end('first', 'finished', 2.1)
  history.span('second', 'ready', 0, 2.1).span('second', 'sleeping', 2.1, 4.2).end('second', 'finished', 4.2)
  history.span('third', 'ready', 0, 4.2).span('third', 'sleeping', 4.2, 6.3).end('third', 'finished', 6.3)
  const run = view(history, 6.3, { phase: 'finished', totalSeconds: 6.3, idealSeconds: 6 })
  expect(said(run)).toBe('Finished in 6.300 s; the ideal is 6 s. first held the loop for 2.100 s while 2 tasks were ready.')
  expect(said(run, 0)).toBe('first held the loop for 2.100 s and never suspended, while 2 tasks were ready.')
  expect(said(run, 2)).toBe(
    'third was ready at 0.000 s and began at 4.200 s, because first held the loop for 2.100 s, and 1 other task held it, too.',
  )
})

const stoppedEarly = () =>
  view(
    new History()
      .lane('loop', 'loop')
      .task('first', 'loop')
      .task('second', 'loop')
      .span('first', 'suspended', 0, 1)
      .end('first', 'finished', 1)
      .span('second', 'suspended', 0, 1)
      .end('second', 'pending', 1),
    1,
    { phase: 'finished', totalSeconds: 1, idealSeconds: 1 },
  )

test('what was left pending is said', () => {
  expect(said(stoppedEarly())).toBe(
    'Finished in 1.000 s; the ideal is 1 s. second was left pending: neither finished nor failed.',
  )
})

test('Chinese sentences follow each other without a space', () => {
  locale.value = 'zh'
  expect(said(stoppedEarly())).toBe('用时 1.000 秒完成；理想时间是 1 秒。second 停在未完成状态：既没有完成，也没有失败。')
})

test('what the programme noted last is said, and shortened where it is long', () => {
  const noted = (text: string) => {
    const history = new History().lane('main', 'main').task('main', 'main').span('main', 'running', 0, 4)
    history.end('main', 'finished', 4).marker('note', 1, 'main', { text: 'the first note' }).marker('note', 4, 'main', { text })
    return said(view(history, 4, { phase: 'finished', totalSeconds: 4, idealSeconds: 4 }))
  }
  expect(noted('Event loop is closed')).toBe('Finished in 4.000 s; the ideal is 4 s. Note at 4.000 s: Event loop is closed')
  expect(noted('x'.repeat(100))).toMatch(/: x{80}…$/)
})

test('daemon threads are killed with main', () => {
  const history = new History().lane('main', 'main').lane('thread-1', 'daemon').task('main', 'main').task('thread-1', 'thread-1')
  history
    .span('thread-1', 'sleeping', 0.001, 0.01)
    .end('thread-1', 'killed', 0.01, { earliest: 0.003 })
    .marker('mainEnd', 0.003, 'main')
  const run = view(history, 0.01, { phase: 'finished', totalSeconds: 0.01, idealSeconds: 0 })
  expect(said(run)).toBe('main ended at 0.003 s; its 1 daemon thread was killed with it.')
})

test('a server that was still about its last answer is not what happened', () => {
  const history = new History().lane('main', 'main').lane('server', 'server').task('main', 'main').task('GET /1', 'server')
  history.span('GET /1', 'running', 0, 3.1).end('GET /1', 'killed', 3.1).marker('mainEnd', 3, 'main')
  const run = view(history, 3.1, { phase: 'finished', totalSeconds: 3.1, idealSeconds: 3 })
  expect(said(run)).toBe('Finished in 3.100 s; the ideal is 3 s.')
  expect(said(run, 1)).toBe('GET /1 was killed at 3.100 s, before it could finish.')
})

test('a process that was killed from outside is no daemon thread', () => {
  const history = new History()
    .lane('main', 'main')
    .lane('process-1', 'process')
    .task('main', 'main')
    .task('chunk-1', 'process-1')
  history.span('chunk-1', 'sleeping', 0.001, 2).end('chunk-1', 'killed', 2).marker('mainEnd', 9, 'main')
  const run = view(history, 9, { phase: 'finished', totalSeconds: 9, idealSeconds: 6 })
  expect(said(run)).toBe('chunk-1 was killed at 2.000 s, before it could finish.')
})

test('threads outlive main', () => {
  const history = new History().lane('main', 'main').lane('t', 'thread').task('t', 't').span('t', 'sleeping', 0, 4.006)
  history.end('t', 'finished', 4.006).marker('mainEnd', 0.003, 'main')
  const run = view(history, 4.006, { phase: 'finished', totalSeconds: 4.006, idealSeconds: 4 })
  expect(said(run)).toBe(
    'Finished in 4.006 s; the ideal is 4 s. main ended at 0.003 s; the programme stayed up until its last thread ended at 4.006 s.',
  )
})

test('without the engine nothing is claimed about what goes on', () => {
  connection.value = { phase: 'lost', attempt: 1, nextAttemptAt: 0 }
  const run = view(sync().span('first', 'sleeping', 0.001, null), 4.2, {})
  expect(said(run)).toBe('What happened after 4.200 s is not known here until the engine is back.')
  connection.value = { phase: 'connected' }
})

test('failed, stopped, preparing', () => {
  expect(said(view(new History(), 0, { phase: 'failed', error: 'no worker' }))).toBe('The run failed: no worker')
  expect(said(view(new History(), 2, { phase: 'stopped', totalSeconds: 2 }))).toBe('Stopped by you at 2.000 s.')
  expect(said(view(new History(), 0, { phase: 'preparing' }))).toBe('Warming its threads before the clock starts.')
  const history = new History()
    .lane('t', 'thread')
    .task('t', 't')
    .span('t', 'running', 0, 1)
    .end('t', 'failed', 1, { error: 'boom' })
  expect(said(view(history, 1, { phase: 'finished', totalSeconds: 1 }))).toBe('t failed: boom')
})

test('what was lost is said beside whatever else there is to say', () => {
  const history = sync().loss(1.204, 1.21, 'loop', 300).loss(1.25, 1.361, 'loop', 12)
  const run = view(history, 4.2, {})
  const lost = '312 marks were dropped on loop between 1.204 s and 1.361 s. What happened there is unknown.'
  expect(said(run)).toBe(`Running for 4.2 s; 2 tasks are not finished. ${lost}`)
  expect(said(run, 0)).toMatch(new RegExp(`^first .* ${lost}$`))
  select(run, null)
  expect(sentenceOf(run)).toMatchObject({ tone: 'alert', kind: 'running lost' })
  const often = view(history.loss(0.5, 0.6, 'main', 1), 4.2, {})
  expect(said(often)).toContain('313 marks were dropped in 2 places, first on main at 0.500 s.')
})
