/** What the processes of an app take, as Linux tells in /proc. */
import { readdirSync, readFileSync } from 'node:fs'

export interface Footprint {
  readonly processes: number
  /** MB; what processes share counts once. */
  readonly memory: number
  readonly threads: number
  /** Open files, sockets and pipes. */
  readonly handles: number
}

/** Why it cannot be told here; null: it can. */
export const footprintMissing: string | null =
  process.platform === 'linux' ? null : `${process.platform} has no /proc, in which processes are counted`

export const childrenOf = (pid: number) => [...parents()].filter(([, parent]) => parent === pid).map(([child]) => child)

/** These processes and all that descend from them. */
export function familyOf(roots: readonly number[]): number[] {
  const found = new Set(roots)
  // A parent is older than its child, but numbers begin anew: until nothing more is found.
  const all = parents()
  for (let before = -1; before < found.size; ) {
    before = found.size
    for (const [pid, parent] of all) if (found.has(parent)) found.add(pid)
  }
  return [...found]
}

/** Of these processes and all that descend from them. */
export function footprintOf(roots: readonly number[]): Footprint {
  const each = familyOf(roots).flatMap((pid) => one(pid) ?? [])
  const sum = (what: (footprint: Footprint) => number) => each.reduce((total, footprint) => total + what(footprint), 0)
  return {
    processes: each.length,
    memory: sum(({ memory }) => memory),
    threads: sum(({ threads }) => threads),
    handles: sum(({ handles }) => handles),
  }
}

/** Process → its parent, of all on this machine. */
function parents(): Map<number, number> {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  return new Map(
    pids.flatMap((pid) => {
      const status = ifThere(() => readFileSync(`/proc/${pid}/status`, 'utf8'))
      return status === null ? [] : [[Number(pid), numberIn(status, 'PPid')]]
    }),
  )
}

function one(pid: number): Footprint | null {
  return ifThere(() => ({
    processes: 1,
    memory: (numberIn(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'), 'Pss') * 1024) / 1e6,
    threads: numberIn(readFileSync(`/proc/${pid}/status`, 'utf8'), 'Threads'),
    handles: readdirSync(`/proc/${pid}/fd`).length,
  }))
}

/** Whether it runs: one that has ended and that its parent has not asked for yet does not. */
export const isRunning = (pid: number): boolean => {
  const status = ifThere(() => readFileSync(`/proc/${pid}/status`, 'utf8'))
  return status !== null && !/^State:\s*[ZX]/m.test(status)
}

const numberIn = (text: string, name: string) => Number(new RegExp(`^${name}:\\s*(\\d+)`, 'm').exec(text)?.[1])

/** Null where the process has gone meanwhile. */
function ifThere<T>(read: () => T): T | null {
  try {
    return read()
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ESRCH') return null
    throw error
  }
}
