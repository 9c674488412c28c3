/** What the key explains, and the small signs above the lanes. */
import { describe, expect, test } from 'vitest'
import { drawSigns } from '../../renderer/charts/drawSigns'
import { occurring } from '../../renderer/charts/keyItems'
import { type LabelAbout, labelsFor } from '../../renderer/charts/labels'
import { en } from '../../renderer/locales/en'
import { zh } from '../../renderer/locales/zh'
import { RunStore } from '../../renderer/model/runStore'
import { History } from '../support/frames'
import { Raster } from '../support/raster'

const plain = (text: string) => text.replaceAll('\u00a0', ' ')
const storeOf = (history: History, now = 10) => {
  const store = new RunStore(1, 1)
  store.append(history.frame({ now }))
  return store
}
const run = (store: RunStore) => ({ id: 1, store, live: false, total: 10 })
const consumer = () => new History().lane('consumer', 'consumer').task('consumer', 'consumer')

describe('the key', () => {
  const history = () => consumer().span('consumer', 'ready', 0, 0.002).span('consumer', 'sleeping', 0.002, 9)
  test('leaves out a state that is nowhere a pixel wide, until one zooms in', () => {
    const runs = [run(storeOf(history()))]
    expect(occurring(runs, 100)).toEqual(['sleeping'])
    expect(occurring(runs, 1000)).toEqual(['sleeping', 'ready'])
  })
  test('keeps running, whose ticks are always drawn', () => {
    const runs = [run(storeOf(history().span('consumer', 'running', 9, 9.0001)))]
    expect(occurring(runs, 100)).toEqual(['running', 'sleeping'])
  })
  test('counts a segment that goes on up to now, and one that was closed later', () => {
    const open = consumer().span('consumer', 'waiting', 1, null)
    expect(occurring([run(storeOf(open, 1.001))], 100)).toEqual([])
    expect(occurring([run(storeOf(open, 2))], 100)).toEqual(['waiting'])
    expect(occurring([run(storeOf(open.close('consumer', 1.5), 1.6))], 100)).toEqual(['waiting'])
  })
  test('has every mark that occurs, of any of the runs', () => {
    const marked = history()
      .marker('retry', 1, 'consumer')
      .marker('push', 2, 'consumer')
      .marker('stop', 3, 'consumer')
      .marker('loopStart', 3, 'consumer')
      .marker('callback', 3, 'consumer')
      .marker('note', 3, 'consumer')
      .loss(4, 5, 'consumer', 12)
    const all = ['sleeping', 'loopLife', 'callback', 'note', 'retry', 'push', 'stop', 'lost']
    expect(occurring([run(storeOf(marked))], 100)).toEqual(all)
    expect(occurring([run(storeOf(history())), run(storeOf(marked))], 100)).toEqual(all)
  })
})

describe('signs', () => {
  const axis = { t0: 0, t1: 10, left: 0, right: 200 }
  const drawn = (history: History) => {
    const raster = new Raster(220, 20)
    drawSigns(raster.pen(), { markers: storeOf(history).runMarkers, axis, right: 200, top: 37, captionEnd: null })
    return raster
  }
  test('stand at their moment', () => {
    const raster = drawn(consumer().marker('stop', 5, 'consumer').marker('push', 2, 'consumer'))
    expect([...raster.column(100)]).toEqual(['ink-2'])
    expect([...raster.column(40)]).toEqual(['ink-2'])
    expect([...raster.column(120)]).toEqual([])
  })
  test('of one kind that would melt together are drawn once', () => {
    const raster = drawn(consumer().marker('stop', 5, 'consumer').marker('stop', 5.4, 'consumer'))
    expect([...raster.column(105)]).toEqual([])
  })
})

describe('what a bar says', () => {
  const about: LabelAbout = {
    state: 'waiting',
    task: 'consumer',
    row: 'thread',
    what: '',
    lasted: 2.04,
    holds: false,
    first: true,
  }
  const labels = (more: Partial<LabelAbout>) => labelsFor({ ...about, ...more }, en.timeline).map(plain)
  test('a command of the server is written as it is', () => {
    expect(labels({ what: 'BLMOVE queue' })).toEqual(['BLMOVE queue'])
    expect(labels({ what: 'a free place' })).toEqual(['waits for a free place'])
    expect(labels({ what: 'queue' })).toEqual(['waits for the queue'])
  })
  test('a sleep with a reason says it, and where that does not fit how long', () => {
    expect(labels({ state: 'sleeping', what: 'retry in 2 s' })).toEqual(['retry in 2 s', '2 s'])
    expect(labels({ state: 'sleeping', what: 'retry in 2 s', lasted: null })).toEqual(['retry in 2 s', 'retry in 2 s'])
    expect(labels({ state: 'sleeping' })).toEqual(['sleeps 2 s'])
  })
  test.each([
    ['retry in 0.5 s', '0.5 秒后重试'],
    ['a free place', '空位'],
    ['“1, x” is not a number of seconds from 0 to 86,400.', '“1, x”不是 0 到 86,400 的秒数。'],
    ['its process was killed', '它的进程被终止'],
    ['out of memory: a process of a pool may use 256 MB', '内存不足：进程池的一个进程最多可用 256 MB'],
    ['threads ran out of memory: its threads may use 256 MB each.', 'threads 内存不足：它的线程每个最多可用 256 MB。'],
    ['Event loop is closed', 'Event loop is closed'],
    ['constructor', 'constructor'],
  ])('the engine’s own words are put into Chinese, names and texts of programmes are not: %s', (text, said) => {
    expect(zh.timeline.wire(text)).toBe(said)
  })
})
