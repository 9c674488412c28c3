import { describe } from 'vitest'
import { redisMissing } from './redisServer'

/** A suite that needs Redis; where there is none it is skipped and its title says why. */
export const describeRedis = (title: string, suite: () => void) =>
  redisMissing ? describe.skip(`${title} (skipped: ${redisMissing})`, suite) : describe(title, suite)
