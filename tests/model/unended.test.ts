import { expect, test } from 'vitest'
import { RunStore } from '../../renderer/model/runStore'
import { unendedTasks } from '../../renderer/model/unended'
import { History } from '../support/frames'

function unended(history: History): readonly string[] {
  const store = new RunStore(1, 1)
  store.append(history.frame({ now: 3 }))
  return unendedTasks(store)
}

const tasks = () =>
  new History()
    .lane('loop', 'loop')
    .lane('server', 'server')
    .task('a', 'loop')
    .task('b', 'loop')
    .task('c', 'loop')
    .task('GET', 'server')

test('whoever was left pending or killed did not end; who failed or was cancelled did', () => {
  expect(unended(tasks().end('a', 'failed', 1).end('b', 'cancelled', 1).end('c', 'finished', 1))).toEqual([])
  expect(unended(tasks().end('a', 'pending', null).end('b', 'finished', 1).end('c', 'killed', 2))).toEqual(['a', 'c'])
})

test('what a server was about when its programme ended is no work of the programme', () => {
  expect(unended(tasks().end('GET', 'killed', 2))).toEqual([])
})
