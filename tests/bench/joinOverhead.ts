import { type Benchmark, type Round, summarise } from './bench'
import { python, withRuns } from './runs'

const rounds = 3

/** The programme `join` with its default parameters, written with threading; prints seconds beyond the ideal 20. */
const program = `
import threading, time
def work(name):
    time.sleep(2)
    name.upper()
    time.sleep(2)
begin = time.perf_counter()
for n in range(5):
    thread = threading.Thread(target=work, args=(f"thread-{n + 1}",))
    thread.start()
    thread.join()
print(time.perf_counter() - begin - 20)
`

export const joinOverhead: Benchmark = {
  name: 'join-overhead',
  about: 'join 5 × 4 s: what it takes beyond 20 s, against CPython; goal: ratio ≤ 1. About two minutes.',
  async measure() {
    const name = this.name
    return withRuns(async (run) => {
      const figures: Round[] = []
      for (let i = 0; i < rounds; i++) {
        const document = await run('join', {})
        const cpython = python(program)
        const ours = (document.mainEndSeconds! - 20) * 1e3
        figures.push(cpython === null ? { ours } : { ours, cpython: cpython * 1e3 })
      }
      return summarise(name, 'ms', 'lower', figures)
    })
  },
}
