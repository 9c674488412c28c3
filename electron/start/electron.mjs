/** Finds an Electron runtime and tries it. Never asks the npm package `electron` itself: from plain Node it would start a download. */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

export const oldestElectron = 22
export const executableName =
  { win32: 'electron.exe', darwin: 'Electron.app/Contents/MacOS/Electron' }[process.platform] ?? 'electron'

/**
 * Only looks at files: `path` where one is there, `tried` for the user in any case, `given` where the user named the place.
 * @param {string} root
 * @param {NodeJS.ProcessEnv} env
 * @returns {{ path?: string, tried: string, given: boolean }}
 */
export function findElectron(root, env = process.env) {
  for (const name of ['LOOPSCOPE_ELECTRON', 'ELECTRON_EXEC_PATH', 'ELECTRON_OVERRIDE_DIST_PATH']) {
    const value = env[name]
    if (value) return look(isFolder(value) ? join(value, executableName) : value, name, true)
  }
  const folder = packageFolder(root)
  if (!folder) return { tried: 'the npm package “electron”: not installed', given: false }
  const named = join(folder, 'path.txt')
  const executable = existsSync(named) ? readFileSync(named, 'utf8').trim() : executableName
  return look(join(folder, 'dist', executable), 'the npm package “electron”', false)
}

/** Folder of the npm package, without loading it. */
export function packageFolder(root) {
  try {
    return dirname(createRequire(join(root, 'x.js')).resolve('electron/package.json'))
  } catch (error) {
    if (error.code === 'MODULE_NOT_FOUND') return undefined
    throw error
  }
}

const look = (path, how, given) =>
  existsSync(path) && !isFolder(path)
    ? { path, tried: `${how}: ${path}`, given }
    : { tried: `${how}: ${path} (not there)`, given }

const isFolder = (path) => existsSync(path) && statSync(path).isDirectory()

/**
 * Runs it as Node, which needs no display and no sandbox and still links every shared library.
 * @param {string} executable
 * @returns {{ ok: true, version: string } | { ok: false, why: string }}
 */
export function probe(executable) {
  const { status, signal, stdout, stderr, error } = spawnSync(executable, ['-p', 'process.versions.electron'], {
    encoding: 'utf8',
    timeout: 15_000,
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  })
  const version = (stdout ?? '').trim().split('\n').pop() ?? ''
  if (error || status !== 0) {
    const library = /error while loading shared libraries: \S+/.exec(stderr ?? '')?.[0]
    return { ok: false, why: library ?? error?.message ?? `it ended with ${status ?? signal}` }
  }
  if (!/^\d+\./.test(version)) return { ok: false, why: 'it is no Electron' }
  if (Number.parseInt(version, 10) < oldestElectron)
    return { ok: false, why: `it is Electron ${version}, older than ${oldestElectron}` }
  return { ok: true, version }
}

/**
 * A runtime that works, or what was tried and why it will not do.
 * @returns {{ path: string, version: string, tried: string, given: boolean } | { path: undefined, tried: string, given: boolean }}
 */
export function workingElectron(root, env = process.env) {
  const found = findElectron(root, env)
  if (!found.path) return { path: undefined, tried: found.tried, given: found.given }
  const probed = probe(found.path)
  if (probed.ok) return { ...found, path: found.path, version: probed.version }
  return { path: undefined, tried: `${found.tried} (${probed.why})`, given: found.given }
}

/** Chromium's sandbox refuses to work for root; the app itself never turns it off. */
export const needsNoSandbox = () => process.platform === 'linux' && process.geteuid?.() === 0

export const hasDisplay = (env = process.env) => process.platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY)
