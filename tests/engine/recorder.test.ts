import { describe, expect, it } from 'vitest'
import { endCode, stateCode } from '#protocol/vocabulary'
import { Assembler } from '../../electron/engine/assemble'
import { History } from '../../electron/engine/history'
import { Recorder } from '../../electron/engine/recorder'
import { createRing, type Mark, MarkWriter, markCode } from '../../electron/threads/markRing'

const epoch = process.hrtime.bigint()

/** A recorder of so many rings, and the marks it hands over. */
function record(rings: number, slots = 64) {
  const history = new History()
  const assembler = new Assembler(history)
  const fed: Mark[] = []
  const feed = assembler.feed.bind(assembler)
  assembler.feed = (mark) => {
    fed.push({ ...mark })
    feed(mark)
  }
  const recorder = new Recorder(epoch, assembler)
  const writers = Array.from({ length: rings }, (_, slot) => {
    const ring = createRing(slots)
    recorder.add(ring, slot)
    return new MarkWriter(ring, epoch)
  })
  return { history, recorder, writers, fed }
}

/** Past the time for which marks are held back. */
function settle(recorder: Recorder): void {
  const now = recorder.now()
  while (recorder.now() < now + 3e6);
  recorder.drain()
}

describe('a recorder', () => {
  it('merges the rings by time, whichever is read first', () => {
    const { recorder, writers, fed } = record(3)
    for (const [i, writer] of writers.entries()) {
      for (const time of [10 - i, 20 + i]) writer.mark(markCode.output, 0, 0, time, '', time)
    }
    recorder.close()
    expect(fed.map((mark) => mark.time)).toEqual([8, 9, 10, 20, 21, 22])
    recorder.close()
    expect(fed).toHaveLength(6)
  })

  it('merges what other processes have sent by time, too', () => {
    const { recorder, writers, fed } = record(2)
    for (const time of [10, 40]) writers[0]!.mark(markCode.output, 0, 0, time, '', time)
    writers[1]!.mark(markCode.output, 0, 0, 20, '', 20)
    const sent = (time: number): Mark => ({ time, kind: 'output', code: 0, lane: 0, task: time, text: '', target: '', value: 0 })
    recorder.receive([sent(15), sent(50)])
    recorder.receive([sent(5), sent(30)])
    recorder.close()
    expect(fed.map((mark) => mark.task)).toEqual([5, 10, 15, 20, 30, 40, 50])
  })

  it('holds back what another ring could still precede', () => {
    const { recorder, writers, fed } = record(2)
    const now = recorder.now()
    writers[1]!.mark(markCode.output, 0, 0, 1, '', now)
    recorder.drain()
    expect(fed).toHaveLength(0)
    writers[0]!.mark(markCode.output, 0, 0, 2, '', now - 1000)
    settle(recorder)
    expect(fed.map((mark) => mark.task)).toEqual([2, 1])
  })

  it('adds up what rings lost and what could not be placed', () => {
    const { history, recorder, writers } = record(2, 8)
    const [one, two] = writers as [MarkWriter, MarkWriter]
    one.mark(markCode.state, stateCode.running, 0, 1)
    one.mark(markCode.end, endCode.finished, 0, 1)
    settle(recorder)
    for (let i = 0; i < 10; i++) two.mark(markCode.output, 0, 0, 2)
    two.mark(markCode.end, endCode.finished, 0, 1)
    settle(recorder)
    expect(history.dropped).toBe(3 + 1)
    for (let i = 0; i < 9; i++) two.mark(markCode.output, 0, 0, 2)
    settle(recorder)
    settle(recorder)
    expect(history.dropped).toBe(3 + 1 + 2)
  })

  it('says between which moments a ring lost how many', () => {
    const { history, recorder, writers } = record(2, 8)
    const [one, two] = writers as [MarkWriter, MarkWriter]
    one.mark(markCode.state, stateCode.running, 0, 0)
    for (let i = 0; i < 10; i++) two.mark(markCode.output, 0, 1, 2)
    const full = two.now()
    two.mark(markCode.end, endCode.finished, 1, 2)
    settle(recorder)
    two.mark(markCode.output, 0, 1, 2)
    settle(recorder)
    expect(history.losses.length).toBe(1)
    expect(history.losses.get('count', 0)).toBe(3)
    expect(history.losses.get('lane', 0)).toBe(1)
    const zero = recorder.assembler.zero!
    expect(history.losses.get('from', 0)).toBeLessThan(full - zero)
    expect(history.losses.get('until', 0)).toBeGreaterThan(full - zero)
  })

  it('says so of a ring whose marks are held back, too', () => {
    const { history, recorder, writers } = record(2, 8)
    const [one, two] = writers as [MarkWriter, MarkWriter]
    one.mark(markCode.state, stateCode.running, 0, 0)
    two.mark(markCode.output, 0, 1, 2, 'words')
    for (let i = 0; i < 4; i++) two.mark(markCode.output, 0, 1, 2)
    const full = two.now()
    for (let i = 0; i < 3; i++) two.mark(markCode.output, 0, 1, 2)
    recorder.drain()
    settle(recorder)
    expect(history.outputs.length).toBe(5)
    const zero = recorder.assembler.zero!
    expect(history.losses.get('count', 0)).toBe(3)
    expect(history.losses.get('from', 0)).toBe(history.outputs.get('time', 4))
    expect(history.losses.get('from', 0)).toBeLessThan(full - zero)
  })
})
