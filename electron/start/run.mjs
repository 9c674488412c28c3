/** Runs other programs for the start scripts: what is started here ends with us, and only progress on stderr is ever added. */
import { spawn } from 'node:child_process'

/**
 * For set-up: what its tools say is progress, too.
 * @type {import('node:child_process').StdioOptions}
 */
export const toStderr = ['ignore', 2, 2]

/** Everything that is running now, so that one signal to us ends all of it. */
const children = new Set()
/** When we were told to stop; 0 = never. */
let stoppedAt = 0

/** One line of progress. Standard output belongs to the documents that `cli` and `bench` print. */
export const say = (text) => process.stderr.write(`Loopscope: ${text}\n`)

/**
 * Resolves with `{ code, signal }`; a program that cannot be started counts as code 127. `timeLimit` in ms ends it with code 124.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions & { timeLimit?: number, started?: (child: import('node:child_process').ChildProcess) => void }} [options]
 */
export function run(command, args, { timeLimit = 0, started, ...options } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: 'inherit', ...options })
    children.add(child)
    started?.(child)
    let late = false
    const timer = timeLimit
      ? setTimeout(() => {
          late = true
          end(child)
        }, timeLimit)
      : undefined
    const done = (code, signal) => {
      clearTimeout(timer)
      children.delete(child)
      resolve({ code: late ? 124 : (code ?? 128), signal })
    }
    child.once('error', (error) => {
      if (child.pid !== undefined) return
      say(`${command} cannot be started: ${error.message}.`)
      done(127, null)
    })
    child.once('exit', done)
  })
}

/** Node scripts are run by the Node that runs us, without a wrapper that would keep their children from our signals. */
export const runNode = (args, options) => run(process.execPath, args, options)

/** Politely, and after three seconds not. */
export function end(child) {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGTERM')
  const force = setTimeout(() => child.kill('SIGKILL'), 3000)
  child.once('exit', () => clearTimeout(force))
}

/** Keeps a child that was not started by `run` in the list of what ends with us. */
export function endWithUs(child) {
  children.add(child)
  child.once('exit', () => children.delete(child))
  return child
}

/**
 * Ctrl+C and a polite kill reach everything that we started, and what is still there four seconds later is ended. A terminal gives Ctrl+C to
 * the whole group itself, and npm passes its own on to us: within a moment, these are one and the same. `patience` in ms, null: what is still there
 * may take its time.
 * @param {number | null} [patience]
 */
export function endEverythingOnSignal(patience = 4000) {
  const pass = (signal) => passOn(signal, patience)
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => pass(signal))
  if (!process.env.npm_lifecycle_event) return
  // Whoever kills npm kills the shell between npm and us, and nobody tells us.
  const shell = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === shell) return
    clearInterval(watch)
    pass('SIGTERM')
  }, 250)
  watch.unref()
}

function passOn(signal, patience) {
  if (children.size === 0) process.exit(signal === 'SIGINT' ? 130 : 143)
  if (Date.now() - stoppedAt < 300) return
  const again = stoppedAt > 0
  stoppedAt = Date.now()
  if (again || patience !== null) setTimeout(endAll, again ? 0 : patience).unref()
  const hasIt = signal === 'SIGINT' && process.stdin.isTTY
  if (!again && !hasIt) for (const child of children) child.kill(signal)
}

function endAll() {
  for (const child of children) end(child)
}

export const isStopping = () => stoppedAt > 0
