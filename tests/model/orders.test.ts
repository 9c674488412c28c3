import { expect, test } from 'vitest'
import { comparedTasks, ordersOf } from '../../renderer/model/orders'
import { RunStore } from '../../renderer/model/runStore'
import { History } from '../support/frames'

test('start, finish and result order of the tasks that run the same function', () => {
  const history = new History().lane('loop', 'loop').task('outer', 'loop', { target: 'outer' })
  for (const name of ['a', 'b', 'c', 'd']) history.task(name, 'loop', { target: 'work', parent: 'outer' })
  history.span('a', 'suspended', 0, 4).end('a', 'finished', 4)
  history.span('b', 'suspended', 0.1, 1).end('b', 'finished', 1)
  history.span('c', 'suspended', 0.2, null)
  history.span('d', 'ready', 0.3, 2).end('d', 'cancelled', 2)
  const store = new RunStore(1, 1)
  store.append(history.frame({ now: 5 }))
  const tasks = comparedTasks(store)
  expect(tasks.map(({ name }) => name)).toEqual(['a', 'b', 'c', 'd'])
  expect(ordersOf(tasks)).toEqual({ names: ['a', 'b', 'c', 'd'], start: [1, 2, 3, null], finish: [2, 1, null, null] })
  expect(comparedTasks(store, 2)).toHaveLength(2)
})
