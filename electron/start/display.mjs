/** A screen for windows where the machine has none. */
import { spawn } from 'node:child_process'
import { findCommand } from './commands.mjs'
import { end, endWithUs } from './run.mjs'

/**
 * The environment in which a window can open, and what ends the screen again; null where there is neither a display nor Xvfb. Xvfb chooses
 * its own number and tells it (`-displayfd`), so that runs at the same time do not meet; started by us and not by a wrapper, so that it
 * ends with us.
 */
export async function openDisplay(env = process.env) {
  if (process.platform !== 'linux' || env.DISPLAY || env.WAYLAND_DISPLAY) return { env, close: () => undefined }
  const command = findCommand('Xvfb')
  if (!command) return null
  const args = ['-displayfd', '3', '-screen', '0', '2560x1440x24', '-nolisten', 'tcp', '-noreset']
  const child = endWithUs(spawn(command, args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] }))
  const number = await new Promise((resolve) => {
    let text = ''
    child.stdio[3].on('data', (data) => {
      text += data
      if (text.includes('\n')) resolve(text.trim())
    })
    child.once('error', () => resolve(null))
    child.once('exit', () => resolve(null))
    setTimeout(() => resolve(null), 15_000).unref()
  })
  if (number === null) {
    end(child)
    return null
  }
  return { env: { ...env, DISPLAY: `:${number}` }, close: () => end(child) }
}
