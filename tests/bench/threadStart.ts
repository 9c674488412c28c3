import { type Benchmark, median, type Round, summarise } from './bench'
import { calibrate } from './support/calibration'
import { python, pythonMissing } from './support/python'
import { withRuns } from './support/runs'

/**
 * Milliseconds from start() to the thread's first line, one a line, of five threads joined one by one that sleep 10 ms each: what `join` does.
 * Five go before, since ours have rehearsed, too.
 */
const program = `
import threading, time
waits = []
def work(begin):
    waits.append(time.perf_counter() - begin[0])
    time.sleep(0.01)
for n in range(10):
    begin = [0]
    thread = threading.Thread(target=work, args=(begin,))
    begin[0] = time.perf_counter()
    thread.start()
    thread.join()
for wait in waits[5:]:
    print(wait * 1e3)
`

export const threadStart: Benchmark = {
  name: 'thread-start',
  about:
    'from start() to the thread’s first line, p50 over five threads a run, joined one by one, against CPython; goal: ≤ 0.1 ms.',
  measure({ rounds = 31 }) {
    return withRuns(async ({ run }) => {
      const figures: Round[] = []
      for (let i = 0; i < rounds; i++) {
        const { tasks } = await run('join', { sleeps: [0.01] })
        const waits = tasks.filter(({ name }) => name !== 'main').map((task) => (task.startSeconds! - task.readySeconds!) * 1e3)
        figures.push({
          ours: median(waits),
          ...(pythonMissing ? {} : { cpython: median(python(program)) }),
          calibration: calibrate(),
        })
      }
      return [summarise({ name: this.name, unit: 'ms', better: 'lower', skipped: pythonMissing }, figures)]
    })
  },
}
