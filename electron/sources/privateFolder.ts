/** A folder that one private server has for itself. Redis does not notice a second one on the same append-only file, and both would ruin it. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const [ownerFile, pidFile] = ['owner', 'redis.pid']
/** Hosts of one user that run at the same time, each with a server. */
const mostFolders = 32

export interface Folder {
  readonly path: string
  /** Name in the folder of the file into which the server writes its own process id: it must be gone, too, before anybody else may have the folder. */
  readonly pidFile: string
  /** The data stay for the next one. */
  release(): void
}

/** The first of `redis-1`, `redis-2` … that nobody alive has. Throws what the file system throws. */
export function claimFolder(dataDir: string): Folder {
  for (let n = 1; n <= mostFolders; n++) {
    const path = join(dataDir, `redis-${n}`)
    mkdirSync(path, { recursive: true, mode: 0o700 })
    if (take(path)) return { path, pidFile, release: () => rmSync(join(path, ownerFile), { force: true }) }
  }
  throw new Error(`all of its ${mostFolders} folders are in use`)
}

/** Creates the file that names the owner, unless the one that it names, or that one's server, is alive. */
function take(path: string): boolean {
  const file = join(path, ownerFile)
  for (const _ of ['as it is', 'after the owner who died']) {
    try {
      writeFileSync(file, `${process.pid}\n`, { flag: 'wx', mode: 0o600 })
      return true
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
    if ([ownerFile, pidFile].map((name) => pidIn(join(path, name))).some(isAlive)) return false
    rmSync(file, { force: true })
  }
  return false
}

/** 0: there is no such file, or nothing in it yet. */
function pidIn(file: string): number {
  try {
    return Number.parseInt(readFileSync(file, 'utf8'), 10) || 0
  } catch (error) {
    // It was released in this moment.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0
    throw error
  }
}

function isAlive(pid: number): boolean {
  if (pid === 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: alive, and somebody else's, so the number was given anew; but better one folder more than one file ruined.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
