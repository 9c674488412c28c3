import { describe, expect, it } from 'vitest'
import { chunkSize, chunksOf, itemsInSequence } from '../../electron/processes/chunks'
import { hasPython, runPython } from '../support/python'

const cases = [1, 2, 3, 5, 7, 8, 9, 31, 32, 33, 64, 97, 99, 100, 101, 256, 257, 999, 1000].flatMap((items) =>
  [1, 2, 3, 5, 8, 9, 16, 31, 32].map((processes) => ({ items, processes })),
)

/** Item by item: each process that is free takes the next chunk. */
function played(items: number, processes: number): number {
  const size = chunkSize(items, processes)
  const free = Array<number>(processes).fill(0)
  for (let at = 0; at < items; at += size) {
    const first = free.indexOf(Math.min(...free))
    free[first]! += Math.min(size, items - at)
  }
  return Math.max(...free)
}

describe('chunks', () => {
  it('of the tutorial’s case: 25 of 4, in four rounds, the last of one chunk', () => {
    expect(chunksOf(100, 8)).toEqual({ size: 4, count: 25, last: 4, rounds: 4, lastAlone: true })
    expect(itemsInSequence(100, 8)).toBe(16)
  })

  it('pass one after another as a pool that plays them through says', () => {
    for (const { items, processes } of cases)
      expect([items, processes, itemsInSequence(items, processes)]).toEqual([items, processes, played(items, processes)])
  })

  it.runIf(hasPython)('have the sizes that CPython’s own pool makes', async () => {
    // CPython's code cuts; only its processes are threads here, which costs nothing.
    const program = `
import json, multiprocessing.pool
sizes = []
cut = multiprocessing.pool.Pool._get_tasks
def noted(func, it, size):
    sizes.append(size)
    return cut(func, it, size)
multiprocessing.pool.Pool._get_tasks = staticmethod(noted)
for processes in (1, 2, 3, 5, 8, 9, 16, 31, 32):
    with multiprocessing.pool.ThreadPool(processes) as pool:
        for items in (1, 2, 3, 5, 7, 8, 9, 31, 32, 33, 64, 97, 99, 100, 101, 256, 257, 999, 1000):
            pool.map(abs, range(items))
print(json.dumps(sizes))
`
    const theirs: number[] = JSON.parse(await runPython(program))
    const ours = [...cases].sort((a, b) => a.processes - b.processes || a.items - b.items)
    expect(ours.map(({ items, processes }) => chunkSize(items, processes))).toEqual(theirs)
  })
})
