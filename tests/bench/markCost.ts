import { createRing, MarkReader, MarkWriter, markCode } from '../../electron/threads/markRing'
import { type Benchmark, summarise } from './bench'
import { calibrate } from './support/calibration'

const count = 20_000

/** Microseconds of one `work()`, called so often. */
function perCall(work: (i: number) => void): number {
  const begin = process.hrtime.bigint()
  for (let i = 0; i < count; i++) work(i)
  return Number(process.hrtime.bigint() - begin) / count / 1e3
}

export const markCost: Benchmark = {
  name: 'mark-cost',
  about: 'one mark, written and not dropped, against reading the clock alone; goal: ≤ 0.5 µs.',
  async measure({ rounds = 15 }) {
    let sink = 0
    const figures = Array.from({ length: rounds + 2 }, () => {
      const ring = createRing(32_768)
      const writer = new MarkWriter(ring, process.hrtime.bigint())
      const ours = perCall((i) => writer.mark(markCode.state, 2, 1, i))
      if (new MarkReader(ring).dropped > 0) throw new Error('the ring was too small: drops were timed')
      const clock = perCall(() => {
        sink += writer.now()
      })
      return { ours, clock, calibration: calibrate() * 1e3 }
    }).slice(2)
    if (Number.isNaN(sink)) throw new Error('the clock is no number')
    return [summarise({ name: this.name, unit: 'µs', better: 'lower' }, figures)]
  },
}
