import { type Benchmark, type Round, skip, summarise } from './bench'
import { python, pythonMissing } from './support/python'
import { withRuns } from './support/runs'

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
  about: 'join 5 × 4 s: what it takes beyond 20 s, against CPython; goal: ratio ≤ 1.',
  measure({ rounds = 3 }) {
    const head = { name: this.name, unit: 'ms', better: 'lower' } as const
    if (pythonMissing) return Promise.resolve([skip(head, pythonMissing)])
    return withRuns(async ({ run }) => {
      const figures: Round[] = []
      for (let i = 0; i < rounds; i++) {
        const { mainEndSeconds } = await run('join', {})
        figures.push({ ours: (mainEndSeconds! - 20) * 1e3, cpython: python(program)[0]! * 1e3 })
      }
      return [summarise(head, figures)]
    })
  },
}
