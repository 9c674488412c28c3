import { type Benchmark, median, type Round, summarise } from './bench'
import { python, withRuns } from './runs'

const rounds = 15

/** Median milliseconds from start() to the thread's first line, five threads joined one by one; CPython's threading. */
const program = `
import statistics, threading, time
times = []
def work(begin):
    times.append(time.perf_counter() - begin)
for n in range(40):
    thread = threading.Thread(target=lambda: work(begin))
    time.sleep(0.01)
    begin = time.perf_counter()
    thread.start()
    thread.join()
print(statistics.median(times) * 1e3)
`

export const threadStart: Benchmark = {
  name: 'thread-start',
  about: 'from start() to the thread’s first line, p50 over five threads a run, joined one by one; goal: ≤ 0.1 ms.',
  async measure() {
    const name = this.name
    return withRuns(async (run) => {
      const figures: Round[] = []
      for (let i = 0; i < rounds; i++) {
        const document = await run('join', { sleeps: [0.01] })
        const ours = median(
          document.tasks.filter((task) => task.name !== 'main').map((task) => (task.startSeconds! - task.readySeconds!) * 1e3),
        )
        const cpython = python(program)
        figures.push(cpython === null ? { ours } : { ours, cpython })
      }
      return summarise(name, 'ms', 'lower', figures)
    })
  },
}
