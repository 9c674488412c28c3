/** Programs of the machine that tests need: which are there, and which Debian packages bring the others. */
import { accessSync, constants, existsSync, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { run, say, toStderr } from './run.mjs'

/** Absolute path of the first of these names on the PATH, else null. */
export function findCommand(...names) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean)
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable) ?? null
}

function isExecutable(path) {
  if (!existsSync(path) || !statSync(path).isFile()) return false
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch (error) {
    if (error.code === 'EACCES') return false
    throw error
  }
}

/** A Chromium that Playwright can drive: the one that was named, else the system's. */
export const findChromium = () =>
  process.env.CHROMIUM || findCommand('chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome')

export const findRedis = () => findCommand('redis-server', 'valkey-server')

/** Debian package → whether what it brings is here. */
const packages = {
  chromium: () => findChromium() !== null,
  xvfb: () => findCommand('Xvfb') !== null,
  xauth: () => findCommand('xauth') !== null,
  'redis-server': () => findRedis() !== null,
  python3: () => findCommand('python3') !== null,
  // Screenshots and the check for clipped text need letters, Chinese ones too.
  'fonts-noto-cjk': () => existsSync('/usr/share/fonts/opentype/noto'),
  'fonts-dejavu-core': () => existsSync('/usr/share/fonts/truetype/dejavu'),
}

const missingPackages = () => (process.platform === 'linux' ? Object.keys(packages).filter((name) => !packages[name]()) : [])

/** Installs what is missing where that may be done; else says what to install. The tests themselves then skip, each with its reason. */
export async function setUpCommands() {
  const missing = missingPackages()
  if (missing.length === 0) return
  const words = `apt-get install --no-install-recommends ${missing.join(' ')}`
  if (!findCommand('apt-get') || process.geteuid?.() !== 0) {
    say(`some tests will be skipped; on Debian or Ubuntu this brings what they need: ${words}`)
    return
  }
  say(`installing ${missing.join(', ')} …`)
  const options = { stdio: toStderr, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, timeLimit: 10 * 60_000 }
  const updated = await run('apt-get', ['update', '-qq'], options)
  const installed = await run(
    'apt-get',
    ['install', '-y', '-qq', '-o=Dpkg::Use-Pty=0', '--no-install-recommends', ...missing],
    options,
  )
  if (installed.code !== 0)
    say(`installing failed (apt-get update ended with ${updated.code}, install with ${installed.code}); tests will be skipped.`)
}
