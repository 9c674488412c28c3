import { loopBench } from './support/loopBench'

export const loopTimers = loopBench({
  name: 'loop-timers',
  about: '100,000 tasks that sleep up to 0.1 s, all at once, recorder on, against asyncio; goal: ≤ 1/4.',
  unit: 'ms',
  better: 'lower',
  what: 'timers',
})
