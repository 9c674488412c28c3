import { Pool } from '../../../electron/processes/pool'
import { blockingSleep, print } from '../../../electron/threads/time'
import { testScenario } from './programme'
import { hoarder } from './threads'

export { hoarder }

export const square = (n: number) => n * n
export function slowly(n: number) {
  blockingSleep(0.3)
  return n
}
export function atMostFive(n: number) {
  if (n > 5) throw new RangeError(`${n} is right out`)
  return n
}
export const makeFunction = () => () => undefined
export const leaveAtTwo = (n: number) => (n === 2 ? process.exit(0) : n)
export const killAtTwo = (n: number) => (n === 2 ? process.kill(process.pid, 'SIGKILL') : n)
export const pidOf = () => process.pid
const numbers = (count: number) => Array.from({ length: count }, (_, i) => i + 1)
function attempt(work: () => unknown) {
  try {
    print(JSON.stringify(work()))
  } catch (error) {
    print((error as Error).message)
  }
}

const programmes = {
  values() {
    attempt(() => new Pool(2).map(square, numbers(19)))
  },
  twice() {
    const pool = new Pool(2)
    attempt(() => pool.map(square, [2, 3]))
    attempt(() => pool.map(square, []))
    attempt(() => pool.map(square, [4]))
    pool.terminate()
  },
  failing() {
    const pool = new Pool(2)
    attempt(() => pool.map(atMostFive, numbers(16)))
    attempt(() => pool.map(makeFunction, [1]))
    attempt(() => pool.map(() => 1, [1]))
    attempt(() => pool.map(square, [5]))
  },
  slow() {
    attempt(() => new Pool(2).map(slowly, numbers(8)))
  },
  hoarding() {
    const pool = new Pool(1)
    attempt(() => pool.map(hoarder, [1]))
    attempt(() => pool.map(leaveAtTwo, [1, 2, 3, 4]))
    attempt(() => pool.map(square, [3]))
  },
  deadly() {
    const pool = new Pool(2)
    attempt(() => pool.map(killAtTwo, [1, 2, 3]))
    attempt(() => pool.map(square, [3]))
  },
  pids() {
    const pool = new Pool(2)
    attempt(() => pool.map(pidOf, numbers(8)))
    blockingSleep(60)
  },
}

export const scenario = { ...testScenario('pools', 0, programmes), processes: () => 2 }
