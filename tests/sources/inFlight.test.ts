import { expect, test } from 'vitest'
import { InFlight } from '../../electron/sources/inFlight'

const payload = Buffer.from('5')
const nothing = { acks: [], burials: [] }

test('an end waits until its item is booked', () => {
  const account = new InFlight()
  account.addStaged(1, payload)
  expect(account.staged).toBe(1)
  expect(account.end(1, 'ack')).toBe(0)
  expect(account.running).toBe(0)
  expect(account.takeEnds()).toEqual(nothing)
  account.booked(1, 7)
  expect(account.staged).toBeNull()
  expect(account.takeEnds()).toEqual({ acks: [1], burials: [] })
  expect(account.takeEnds()).toEqual(nothing)
})

test('an item ends once', () => {
  const account = new InFlight()
  account.add(1, payload, 0, 1, 1)
  expect(account.end(1, { reason: 'no number' })).toBe(1)
  expect(account.end(1, 'ack')).toBeUndefined()
  expect(account.end(2, 'ack')).toBeUndefined()
  expect(account.takeEnds()).toEqual({ acks: [], burials: [{ id: 1, reason: 'no number' }] })
})

test('adopted: unconfirmed and lately confirmed ends are sent again, what nobody runs is an orphan, what is not held is lost', () => {
  const account = new InFlight()
  for (const id of [1, 2, 3, 4, 5]) account.add(id, payload, 0, 1, id)
  for (const id of [1, 2, 5]) account.end(id, 'ack')
  account.takeEnds()
  account.confirm([1])
  expect(account.reconcile({ emptied: false, ids: [12, 1, 2, 3, 11] })).toEqual({
    orphans: [11, 12],
    lost: [4],
  })
  expect(account.takeEnds()).toEqual({ acks: [2, 1], burials: [] })
  expect(account.end(4, 'ack'), 'its end counts for nothing').toBe(-1)
  expect(account.end(3, 'ack')).toBe(3)
  expect(account.takeEnds(), 'the lost one is not acknowledged').toEqual({ acks: [3], burials: [] })
})

test('confirmed ends are remembered for two periods; a burial is not, since its dead letter may be forgotten with it', () => {
  const account = new InFlight()
  for (const id of [1, 2]) account.add(id, payload, 0, 1, id)
  account.end(1, 'ack')
  account.end(2, { reason: 'bad' })
  account.takeEnds()
  account.confirm([1, 2])
  account.age()
  expect(account.reconcile({ emptied: false, ids: [1, 2] }).orphans).toEqual([2])
  account.age()
  expect(account.reconcile({ emptied: false, ids: [1] }).orphans).toEqual([1])
})

test('a server that came back empty gets what is running, until it has said that it has it', () => {
  const account = new InFlight()
  for (const id of [1, 2, 3]) account.add(id, payload, 0, 1, id)
  account.addStaged(4, payload)
  account.end(2, 'ack')
  expect(account.reconcile({ emptied: true, ids: [] })).toEqual({ orphans: [], lost: [] })
  expect(account.unwritten().map(({ id }) => id)).toEqual([1, 3, 4])
  expect(account.takeEnds()).toEqual(nothing)
  account.written([1])
  // The connection was lost in between: 3 and 4 are still to be written, and nothing is lost.
  account.reconcile({ emptied: false, ids: [1] })
  expect(account.unwritten().map(({ id }) => id)).toEqual([3, 4])
  account.written([3, 4])
  for (const id of [1, 3, 4]) account.end(id, 'ack')
  expect(account.takeEnds().acks).toEqual([1, 3, 4])
})

test('what failed is written back to be buried, also where that was cut short; what others have is not', () => {
  const account = new InFlight()
  for (const id of [1, 2, 3]) account.add(id, payload, 0, 1, id)
  account.reconcile({ emptied: false, ids: [2, 3] })
  account.end(2, { reason: 'no number' })
  account.reconcile({ emptied: true, ids: [] })
  expect(account.unwritten().map(({ id, ended }) => [id, ended])).toEqual([
    [2, true],
    [3, false],
  ])
  account.reconcile({ emptied: false, ids: [] })
  expect(account.unwritten().map(({ id }) => id)).toEqual([2, 3])
  account.written([2, 3])
  expect(account.takeEnds()).toEqual({ acks: [], burials: [{ id: 2, reason: 'no number' }] })
  expect(account.end(1, 'ack'), 'its end counts for nothing').toBe(-1)
})

test('given up: everything belongs to others', () => {
  const account = new InFlight()
  account.add(1, payload, 0, 1, 1)
  account.addStaged(2, payload)
  account.reconcile({ emptied: false, ids: [] })
  expect(account.unwritten()).toEqual([])
  expect(account.running).toBe(2)
  account.end(1, 'ack')
  account.end(2, 'ack')
  expect(account.running).toBe(0)
  expect(account.takeEnds()).toEqual(nothing)
})
