/** Every rule of "why was this late?": when it speaks, with which values, whom it blames, and when it is silent. */
import { describe, expect, test } from 'vitest'
import { insightOf } from '../../renderer/model/insights'
import { RunStore } from '../../renderer/model/runStore'
import { History } from '../support/frames'

function ask(history: History, task: string, { bar, now = 10, speed = 1 }: { bar?: number; now?: number; speed?: number } = {}) {
  const store = new RunStore(1, speed)
  store.append(history.frame({ now }))
  const index = Array.from({ length: store.taskCount }, (_, i) => store.nameOf(i)).indexOf(task)
  const span = bar === undefined ? null : [...store.tasks.spansOf(index)][bar]!
  const insight = insightOf(store, speed, index, span)
  return insight && { ...insight, culprit: insight.culprit === null ? null : store.nameOf(insight.culprit) }
}

const blocked = () =>
  new History()
    .lane('loop', 'loop')
    .task('first', 'loop')
    .task('second', 'loop')
    .span('first', 'ready', 0, 0.001)
    .span('first', 'sleeping', 0.001, 6.001)
    .end('first', 'finished', 6.001)
    .span('second', 'ready', 0.001, 6.001)
    .span('second', 'sleeping', 6.001, 9)
    .end('second', 'finished', 9)

describe('loop blocked', () => {
  test('names who held the loop, and for how long', () => {
    expect(ask(blocked(), 'second')).toEqual({
      kind: 'loopBlocked',
      values: { other: 'first', ready: 0.001, started: 6.001, seconds: 6, others: 0 },
      culprit: 'first',
    })
    expect(ask(blocked(), 'second', { bar: 0 })?.kind).toBe('loopBlocked')
  })
  test('is the answer, too, of the bar in which it ran late: it did not begin as soon as it was ready', () => {
    expect(ask(blocked(), 'second', { bar: 1 })?.kind).toBe('loopBlocked')
  })
  test('counts the others who held it, one after another', () => {
    const history = blocked().task('third', 'loop').span('third', 'ready', 0.001, 9).span('third', 'sleeping', 9, 12)
    expect(ask(history, 'third', { now: 12 })).toMatchObject({
      kind: 'loopBlocked',
      values: { other: 'first', seconds: 6, others: 1 },
    })
  })
  test('blames nobody where nobody held it', () => {
    const history = new History().lane('loop', 'loop').task('a', 'loop').span('a', 'ready', 0, 2).span('a', 'suspended', 2, 3)
    const late = { kind: 'unexplained', values: { ready: 0, started: 2 }, culprit: null }
    expect(ask(history.end('a', 'finished', 3), 'a')).toEqual(late)
  })
  test('of a task that still cannot run', () => {
    const history = new History().lane('loop', 'loop').task('a', 'loop').task('b', 'loop')
    history.span('a', 'sleeping', 0, null).span('b', 'ready', 0, null)
    expect(ask(history, 'b', { now: 3 })).toMatchObject({ kind: 'loopBlocked', values: { started: null }, culprit: 'a' })
  })
})

describe('never suspended', () => {
  test('says how long it held the loop, and how many could not run', () => {
    expect(ask(blocked(), 'first')).toEqual({
      kind: 'neverSuspended',
      values: { start: 0.001, seconds: 6, ready: 1 },
      culprit: null,
    })
  })
  test('not of one that was suspended, and not where nobody waited', () => {
    const history = new History().lane('loop', 'loop').task('a', 'loop').task('b', 'loop')
    history.span('a', 'sleeping', 0, 2).span('a', 'suspended', 2, 3).end('a', 'finished', 3).span('b', 'ready', 0, 2)
    expect(ask(history, 'a')?.kind).toBe('onTime')
    const alone = new History().lane('loop', 'loop').task('a', 'loop').span('a', 'sleeping', 0, 2).end('a', 'finished', 2)
    expect(ask(alone, 'a')?.kind).toBe('onTime')
  })
})

const joined = () =>
  new History()
    .lane('main', 'main')
    .lane('t1', 'thread')
    .lane('t2', 'thread')
    .task('main', 'main')
    .task('t1', 't1', { parent: 'main' })
    .task('t2', 't2', { parent: 'main' })
    .span('main', 'running', 0, 0.01)
    .span('t1', 'created', 0, 0.001)
    .span('t1', 'sleeping', 0.01, 4)
    .end('t1', 'finished', 4)
    .span('main', 'waiting', 0.01, 4, 't1')
    .span('main', 'running', 4, 4.01)
    .end('main', 'finished', 4.01)
    .span('t2', 'created', 4.001, 4.002)
    .span('t2', 'ready', 4.002, 4.003)
    .span('t2', 'sleeping', 4.003, 8)
    .end('t2', 'finished', 8)

describe('waited for join', () => {
  test('of the bar, and of the task as a whole', () => {
    const expected = { kind: 'waitedForJoin', values: { other: 't1', start: 0.01, end: 4 }, culprit: 't1' }
    expect(ask(joined(), 'main', { bar: 1 })).toEqual(expected)
    expect(ask(joined(), 'main')).toEqual(expected)
    expect(ask(joined(), 'main', { bar: 0 })?.kind).toBe('onTime')
  })
  test('a thread that was started after a join', () => {
    expect(ask(joined(), 't2')).toEqual({
      kind: 'startedAfterJoin',
      values: { other: 't1', maker: 'main', started: 4.002, until: 4 },
      culprit: 't1',
    })
    expect(ask(joined(), 't1')?.kind).toBe('onTime')
  })
})

describe('waited for the loop', () => {
  const ran = (until: number | null) =>
    new History()
      .lane('main', 'main')
      .lane('loop', 'loop')
      .task('main', 'main')
      .task('first', 'loop')
      .task('second', 'loop')
      .span('main', 'running', 0, 0.001)
      .span('main', 'waiting', 0.001, until, 'loop')
      .marker('loopStart', 0.002, 'loop')
      .span('first', 'suspended', 0.002, 4)
      .end('first', 'finished', 4)
      .span('second', 'suspended', 0.002, 1)
      .end('second', 'finished', 1)
  test('names the last task that ended on it before it stopped', () => {
    const history = ran(4.002)
      .marker('loopStop', 4.001, 'loop')
      .span('main', 'running', 4.002, 4.003)
      .end('main', 'finished', 4.003)
    const expected = {
      kind: 'waitedForLoop',
      values: { other: 'first', stopped: false, start: 0.001, end: 4.002 },
      culprit: 'first',
    }
    expect(ask(history, 'main')).toEqual(expected)
    expect(ask(history, 'main', { bar: 1 })).toEqual(expected)
    expect(ask(history, 'main', { bar: 2 })?.kind).toBe('onTime')
  })
  test('names who stopped it', () => {
    const history = ran(1.002).marker('loopStop', 1.001, 'loop', { task: 'second' })
    expect(ask(history, 'main', { now: 1.01 })).toMatchObject({ values: { other: 'second', stopped: true }, culprit: 'second' })
  })
  test('blames nobody while the loop runs', () => {
    expect(ask(ran(null), 'main')).toEqual({
      kind: 'waitedForLoop',
      values: { other: '', stopped: false, start: 0.001, end: null },
      culprit: null,
    })
  })
  test('a thread that only has the name of a loop is joined', () => {
    const history = new History().lane('main', 'main').lane('loop', 'thread').task('main', 'main').task('loop', 'loop')
    history.span('loop', 'sleeping', 0, 3).end('loop', 'finished', 3).span('main', 'waiting', 0, 3, 'loop')
    expect(ask(history, 'main', { now: 3 })?.kind).toBe('waitedForJoin')
  })
})

describe('waited for an item', () => {
  const queue = () =>
    new History()
      .lane('main', 'main')
      .lane('loop', 'loop')
      .task('main', 'main')
      .task('first', 'loop')
      .span('main', 'waiting', 0, 3, 'queue')
      .span('first', 'suspended', 0, 3)
      .end('first', 'finished', 3)
  test('of whom it came', () => {
    expect(ask(queue().marker('message', 3.001, 'main', { text: 'first' }), 'main', { now: 3.01 })).toEqual({
      kind: 'waitedForItem',
      values: { other: 'first', queue: 'queue', start: 0, end: 3 },
      culprit: 'first',
    })
  })
  test('of nobody known, and of none yet', () => {
    expect(ask(queue(), 'main', { now: 3.01 })).toMatchObject({ kind: 'waitedForItem', values: { other: '' }, culprit: null })
    const open = new History().lane('main', 'main').task('main', 'main').span('main', 'waiting', 0, null, 'queue')
    expect(ask(open, 'main')).toMatchObject({ kind: 'waitedForItem', values: { end: null } })
  })
})

test('left pending: by whom the loop was stopped', () => {
  const history = new History().lane('loop', 'loop').task('one', 'loop').task('two', 'loop')
  history.span('one', 'suspended', 0, 1).end('one', 'finished', 1).span('two', 'suspended', 0, 1).end('two', 'pending', null)
  expect(ask(history, 'two')).toEqual({
    kind: 'leftPending',
    values: { other: '', state: 'suspended', stopped: null },
    culprit: null,
  })
  history.marker('loopStop', 1.001, 'loop', { task: 'one' })
  expect(ask(history, 'two')).toMatchObject({ values: { other: 'one', stopped: 1.001 }, culprit: 'one' })
})

test('killed with main', () => {
  const history = new History().lane('main', 'main').lane('d', 'daemon').task('main', 'main').task('d', 'd')
  history.span('main', 'running', 0, 0.003).end('main', 'finished', 0.003).marker('mainEnd', 0.003, 'main', { task: 'main' })
  history.span('d', 'sleeping', 0.001, 0.01).end('d', 'killed', 0.01)
  expect(ask(history, 'd')).toEqual({ kind: 'killedWithMain', values: { at: 0.01, mainEnd: 0.003 }, culprit: 'main' })
})

describe('never scheduled', () => {
  test('before a moment, or at all', () => {
    const history = new History().lane('loop', 'loop').task('c', 'loop').span('c', 'created', 0, 2).span('c', 'ready', 2, 2.001)
    history.span('c', 'suspended', 2.001, 3).end('c', 'finished', 3)
    expect(ask(history, 'c')).toEqual({ kind: 'neverScheduled', values: { created: 0, ready: 2 }, culprit: null })
    expect(ask(history, 'c', { bar: 2 })?.kind).toBe('onTime')
    const never = new History().lane('loop', 'loop').task('c', 'loop').span('c', 'created', 0, null)
    expect(ask(never, 'c')).toMatchObject({ kind: 'neverScheduled', values: { ready: null } })
  })
})

test('the first of its kind: nothing to explain', () => {
  const history = new History().lane('loop', 'loop').task('a', 'loop').task('b', 'loop')
  history.span('a', 'suspended', 0, 1).end('a', 'finished', 1).span('b', 'suspended', 0.5, 2).end('b', 'finished', 2)
  expect(ask(history, 'a')).toMatchObject({ kind: 'onTime', values: { started: 0, finished: 1, first: true } })
  expect(ask(history, 'b')).toMatchObject({ kind: 'onTime', values: { first: false } })
})

describe('server busy', () => {
  const oneAtATime = () =>
    new History()
      .lane('server', 'server')
      .task('request-1', 'server')
      .task('request-2', 'server')
      .span('request-1', 'ready', 0, 0.001)
      .span('request-1', 'suspended', 0.001, 3)
      .end('request-1', 'finished', 3)
      .span('request-2', 'ready', 0.002, 3.001)
      .span('request-2', 'suspended', 3.001, 6)
      .end('request-2', 'finished', 6)
  test('names the request that was answered meanwhile', () => {
    expect(ask(oneAtATime(), 'request-2')).toEqual({
      kind: 'serverBusy',
      values: { other: 'request-1', start: 0.002, seconds: expect.closeTo(2.999, 6) },
      culprit: 'request-1',
    })
  })
  test('not of one that was answered at once', () => {
    expect(ask(oneAtATime(), 'request-1')?.kind).toBe('onTime')
  })
})
