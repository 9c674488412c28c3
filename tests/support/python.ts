/** Runs a Python program with the machine's python3. */
import { spawn, spawnSync } from 'node:child_process'

const longestSeconds = 60

export const hasPython = spawnSync('python3', ['--version']).status === 0

/**
 * What it printed; throws what it said when it failed. `seconds`: it is ended then, or after so many `lines`, and that is no failure. Only such a
 * one prints unbuffered: where threads print at once, their lines and line ends would mingle.
 */
export function runPython(
  text: string,
  { seconds, lines = Infinity, python = 'python3' }: { seconds?: number; lines?: number; python?: string } = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    const buffering = seconds === undefined ? [] : ['-u']
    const child = spawn(python, ['-W', 'error::DeprecationWarning:__main__', ...buffering, '-'], { stdio: 'pipe' })
    let out = ''
    let problems = ''
    let ended = false
    const end = () => {
      ended = seconds !== undefined
      child.kill('SIGKILL')
    }
    const timer = setTimeout(end, (seconds ?? longestSeconds) * 1000)
    child.stdout.on('data', (part) => {
      out += part
      if (out.split('\n').length > lines) end()
    })
    child.stderr.on('data', (part) => {
      problems += part
    })
    child.on('error', reject)
    child.on('close', (code) => {
      clearTimeout(timer)
      if (code === 0 || ended) resolve(out)
      else reject(new Error(`python3 ended with ${code}: ${problems}`))
    })
    child.stdin.end(text)
  })
}

/** The constant `SPEED = 1` on top of each program. */
export const atSpeed = (text: string, speed: number) => text.replace(/^SPEED = 1$/m, `SPEED = ${speed}`)
