import { loopBench } from './support/loopBench'

export const threadsafeHop = loopBench({
  name: 'threadsafe-hop',
  about:
    'from another thread’s callSoonThreadsafe to the callback’s first line on an idle loop, p50, recorder on, against asyncio; goal: ≤ 1 ×.',
  unit: 'µs',
  better: 'lower',
  what: 'hop',
})
