/** What the system knows of processes. */
import { readdirSync, readFileSync } from 'node:fs'

/** Ids of the living children of `parent`, whose command line contains `words`; Linux. */
export function childrenOf(parent: number, words: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => parentOf(pid) === parent && commandOf(pid).includes(words))
}

/** False also for one that has ended and that nobody has asked about. */
export const isAlive = (pid: number) => parentOf(pid) !== null

function parentOf(pid: number): number | null {
  const [, state, parent] = /\) (\S) (\d+)/.exec(read(pid, 'stat')) ?? []
  return state === undefined || state === 'Z' || state === 'X' ? null : Number(parent)
}
const commandOf = (pid: number) => read(pid, 'cmdline')

/** '' where it is gone. */
function read(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return ''
  }
}
