import { loopBench } from './support/loopBench'

export const loopSwitch = loopBench({
  name: 'loop-switch',
  about: 'switches a second between ten tasks that sleep(0), recorder on, against asyncio; goal: ≥ 1.5 ×.',
  unit: '1/s',
  better: 'higher',
  what: 'switch',
})
