import { beforeEach, describe, expect, it } from 'vitest'
import { ends, states } from '#protocol/vocabulary'
import { Answering } from '../../electron/http/answering'
import { ThreadContext } from '../../electron/threads/context'
import { createControl } from '../../electron/threads/controlBlock'
import { createRing, type Mark, MarkReader } from '../../electron/threads/markRing'
import { pause, until } from '../support/until'

let context: ThreadContext
let reader: MarkReader
beforeEach(() => {
  const ring = createRing(1024)
  const shares = { control: createControl(), ring, epoch: process.hrtime.bigint(), slot: 3, workersDir: '' }
  context = new ThreadContext(shares)
  reader = new MarkReader(ring)
})

/** `GET /1: ready running suspended running finished` for each request, in the order in which they came. */
function recorded(): string[] {
  const marks: Mark[] = []
  reader.drain(marks)
  const names = marks.filter(({ kind }) => kind === 'task')
  return names.map(({ task, text }) => {
    const own = marks.filter((mark) => mark.task === task && ['task', 'state', 'end'].includes(mark.kind))
    // A declaration tells the first state, too.
    const words = own.map(({ kind, code }) => (kind === 'end' ? ends[code] : states[kind === 'task' ? code - 1 : code]))
    return `${text}: ${words.join(' ')}`
  })
}

describe('the server', () => {
  it('answers many at once, each after the delay and none before', async () => {
    const answering = new Answering(context, { delay: 0.05, oneAtATime: false })
    const waited: number[] = []
    for (const name of ['one', 'two']) {
      const came = context.writer.now()
      answering.take(name, () => waited.push(context.writer.now() - came))
      await pause(20)
    }
    await until(() => waited.length === 2, 'both answers')
    for (const nanos of waited) expect(nanos).toBeGreaterThanOrEqual(0.05e9)
    // The second one's delay began when it came, not when the first one's was over.
    expect(waited[1]).toBeLessThan(0.095e9)
    expect(recorded()).toEqual(['one: ready running suspended running finished', 'two: ready running suspended running finished'])
  })

  it('answers one at a time, in the order in which they came; the others are ready', async () => {
    const answering = new Answering(context, { delay: 0.03, oneAtATime: true })
    const answered: string[] = []
    const start = context.writer.now()
    for (const name of ['one', 'two', 'three']) answering.take(name, () => answered.push(name))
    expect(recorded()).toEqual(['one: ready running suspended', 'two: ready', 'three: ready'])
    await until(() => answered.length === 3, 'three answers')
    expect(answered).toEqual(['one', 'two', 'three'])
    expect(context.writer.now() - start).toBeGreaterThanOrEqual(0.09e9)
  })

  it('divides the delay by the speed', async () => {
    context.speed = 100
    const start = context.writer.now()
    let answered = false
    new Answering(context, { delay: 5, oneAtATime: false }).take('one', () => {
      answered = true
    })
    await until(() => answered, 'the answer', 1000)
    expect(context.writer.now() - start).toBeGreaterThanOrEqual(0.05e9)
  })

  it('drops a request whose client has gone: cancelled, never answered, and the next has its turn', async () => {
    const answering = new Answering(context, { delay: 0.05, oneAtATime: true })
    const answered: string[] = []
    const goes = ['one', 'two', 'three'].map((name) => answering.take(name, () => answered.push(name)))
    goes[0]!()
    goes[1]!()
    expect(recorded()).toEqual([
      'one: ready running suspended cancelled',
      'two: ready running suspended cancelled',
      'three: ready running suspended',
    ])
    await until(() => answered.length > 0, 'the answer')
    goes[2]!()
    await pause(60)
    expect(answered).toEqual(['three'])
  })
})
