/** The fault matrix. */
import type { FaultCase } from './case'
import { connections } from './cases/connections'
import { kills } from './cases/kills'
import { payloads } from './cases/payloads'
import { servers } from './cases/servers'

export const matrix: readonly FaultCase[] = [...kills, ...connections, ...servers, ...payloads]

export function caseNamed(name: string): FaultCase {
  const found = matrix.find((fault) => fault.name === name)
  if (!found) throw new Error(`The fault matrix has no “${name}”.`)
  return found
}
