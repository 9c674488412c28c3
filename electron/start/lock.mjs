/** One at a time, across processes: a file that holds the number of the process that is at work. */
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { say } from './run.mjs'

/**
 * @template T
 * @param {string} file
 * @param {() => Promise<T>} work
 */
export async function withLock(file, work) {
  for (let told = false; !take(file); told = true) {
    if (!told) say('another command is setting up; waiting for it …')
    await pause(200)
  }
  const release = () => rmSync(file, { force: true })
  // `process.exit` inside the work must not leave the lock behind.
  process.once('exit', release)
  try {
    return await work()
  } finally {
    process.off('exit', release)
    release()
  }
}

function take(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
    if (isLeftOver(file)) rmSync(file, { force: true })
    return false
  }
}

/** Its holder is dead, or it is older than any set-up takes (a number may by now belong to another process). */
function isLeftOver(file) {
  try {
    const pid = Number(readFileSync(file, 'utf8'))
    const age = Date.now() - statSync(file).mtimeMs
    // Empty: it is being written at this moment, or its writer died just then.
    return age > 15 * 60_000 || (pid > 0 ? !isAlive(pid) : age > 5000)
  } catch (error) {
    if (error.code === 'ENOENT') return false
    throw error
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: there is such a process, and it belongs to somebody else.
    return error.code === 'EPERM'
  }
}
