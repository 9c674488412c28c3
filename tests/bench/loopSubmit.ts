import { loopBench } from './support/loopBench'

export const loopSubmit = loopBench({
  name: 'loop-submit',
  about:
    'coroutines a second that another thread submits one by one, until the last has ended, recorder on, against asyncio; goal: ≥ 5 ×.',
  unit: '1/s',
  better: 'higher',
  what: 'submit',
})
