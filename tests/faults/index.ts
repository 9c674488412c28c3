/** The fault matrix. */
import type { FaultCase } from './case'
import { kills } from './cases/kills'

export const matrix: readonly FaultCase[] = [...kills]

export function caseNamed(name: string): FaultCase {
  const found = matrix.find((fault) => fault.name === name)
  if (!found) throw new Error(`The fault matrix has no “${name}”.`)
  return found
}
