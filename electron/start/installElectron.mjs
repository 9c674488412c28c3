/** Fetches the runtime of the npm package `electron`, once: its own installer says nothing while it works and waits for ever. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { packageFolder } from './electron.mjs'
import { end, runNode, say } from './run.mjs'
import { root, writeStamp } from './setup.mjs'

/** Nothing arrived in this time: there is no way to the server. */
const connectLimit = 10_000
const wholeLimit = 5 * 60_000

/** Why it was not tried or did not work, else null. A failure is remembered for this version until `again`. */
export async function installElectron({
  again = false,
  folder = packageFolder(root),
  limits = { connectLimit, wholeLimit },
} = {}) {
  if (!folder) return 'the npm package “electron” is not installed'
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const memory = join(root, 'node_modules/.cache/loopscope-electron-failed')
  if (!again && existsSync(memory)) {
    const [failed, reason] = readFileSync(memory, 'utf8').split('\n')
    if (failed === version) return `${reason} (an earlier start; “npm start -- --install” tries again)`
  }
  say(`fetching Electron ${version} (100 to 130 MB, once) …`)
  const reason = await download(folder, limits)
  if (reason) writeStamp(memory, `${version}\n${reason}`)
  else rmSync(memory, { force: true })
  return reason
}

async function download(folder, limits) {
  // The installer writes here and into dist/ and nowhere else, so the folders' size is its progress.
  const temporary = join(root, 'node_modules/.cache/electron-download')
  rmSync(temporary, { recursive: true, force: true })
  mkdirSync(temporary, { recursive: true })
  const size = () => bytesIn(temporary) + bytesIn(join(folder, 'dist'))
  const before = size()
  const begin = Date.now()
  /** @type {string | null} */
  let problem = null
  let complaint = ''
  let watch
  const { code } = await runNode([join(folder, 'install.js')], {
    stdio: ['ignore', 2, 'pipe'],
    env: { ...process.env, TMPDIR: temporary, TEMP: temporary, TMP: temporary },
    started(child) {
      // A stack trace; its first line says what happened.
      child.stderr.on('data', (data) => {
        complaint += data
      })
      watch = setInterval(() => {
        const got = size() - before
        const time = Date.now() - begin
        if (got === 0 && time > limits.connectLimit) problem = `nothing arrived within ${limits.connectLimit / 1000} s`
        else if (time > limits.wholeLimit) problem = `it was not there after ${limits.wholeLimit / 60_000} minutes`
        else if (got > 0) say(`Electron: ${Math.round(got / 1e6)} MB after ${Math.round(time / 1000)} s`)
        if (problem) end(child)
      }, 2000)
    },
  })
  clearInterval(watch)
  rmSync(temporary, { recursive: true, force: true })
  return problem ?? (code === 0 ? null : `the download failed (${complaint.trim().split('\n')[0]})`)
}

function bytesIn(folder) {
  if (!existsSync(folder)) return 0
  let bytes = 0
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    // The installer removes its files while we count.
    bytes += entry.isDirectory() ? bytesIn(path) : (statSync(path, { throwIfNoEntry: false })?.size ?? 0)
  }
  return bytes
}
