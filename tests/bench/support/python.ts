/** CPython as an anchor. */
import { spawnSync } from 'node:child_process'
import { findCommand } from '../../../electron/start/commands.mjs'

/** Why there is no CPython to compare with; null: there is. */
export const pythonMissing: string | null = findCommand('python3') ? null : 'no python3 on the PATH'

/** Runs a program with the machine's python3, to its end, and reads the numbers that it prints, one a line. */
export function python(program: string, args: readonly string[] = [], command = 'python3'): number[] {
  const { error, status, stdout, stderr } = spawnSync(command, ['-c', program, ...args], { encoding: 'utf8', timeout: 300_000 })
  if (error) throw error
  if (status !== 0) throw new Error(`a program in Python ended with ${status}: ${stderr.trim().split('\n').pop()}`)
  return stdout.trim().split('\n').map(Number)
}
