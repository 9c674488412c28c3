/** Makes the project ready to run: dependencies and build, each only when something changed. Works before `npm ci`. */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { withLock } from './lock.mjs'
import { run, runNode, say, toStderr } from './run.mjs'

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..')

/** All output of set-up goes to stderr. */
const quietly = { cwd: root, stdio: toStderr }

/** Ends the process with one sentence where set-up is impossible; else everything is there when it returns. */
export async function setUp({ build = true } = {}) {
  if (Number.parseInt(process.versions.node, 10) < 20) stop(`Node 20 or newer is needed; this is ${process.versions.node}.`)
  mkdirSync(join(root, 'out'), { recursive: true })
  // Two commands at once must not install or build into each other's files.
  await withLock(join(root, 'out/.setup-lock'), async () => {
    if (dependenciesAreOld(root)) await installDependencies()
    if (build && buildIsOld(root)) await buildAll()
  })
}

async function installDependencies() {
  say('installing the dependencies (once; about half a minute) …')
  // Warnings of packages to each other are nothing to the user; errors are shown, and so is the progress in a terminal.
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error']
  // npm as the script that runs us, where it does: on Windows `npm` is no program but a command file.
  const npm = process.env.npm_execpath
  const { code } = npm?.endsWith('.js')
    ? await runNode([npm, ...args], quietly)
    : await run('npm', args, { ...quietly, shell: process.platform === 'win32' })
  if (code !== 0) stop(`the dependencies could not be installed: npm ci ended with ${code}, for the reason above.`)
  writeStamp(dependencyStamp(root), lockHash(root))
}

async function buildAll() {
  say('building …')
  const hash = sourceHash(root)
  const { code } = await runNode(
    [join(root, 'node_modules/electron-vite/bin/electron-vite.js'), 'build', '--logLevel', 'warn'],
    quietly,
  )
  if (code !== 0) stop(`the build failed with ${code}, for the reason above.`)
  writeStamp(buildStamp(root), hash)
}

/** @param {string} sentence @returns {never} */
function stop(sentence) {
  say(sentence)
  process.exit(1)
}

const dependencyStamp = (folder) => join(folder, 'node_modules/.cache/loopscope-dependencies')
const buildStamp = (folder) => join(folder, 'out/.built')
const lockHash = (folder) => hashOf([readFileSync(join(folder, 'package-lock.json'))])

/** Whether `npm ci` must run: nothing is installed, or the lock file is another than the one that was installed. */
export function dependenciesAreOld(folder) {
  const installed = join(folder, 'node_modules/.package-lock.json')
  if (!existsSync(installed)) return true
  const stamp = readStamp(dependencyStamp(folder))
  if (stamp !== null) return stamp !== lockHash(folder)
  // Installed by hand: npm's own record is newer than the lock file where it was made from it.
  return statSync(installed).mtimeMs < statSync(join(folder, 'package-lock.json')).mtimeMs
}

/** Whether anything that goes into the build differs from what went into the last one. */
export function buildIsOld(folder) {
  const parts = [
    'main/desktop.cjs',
    'main/browser.cjs',
    'main/cli.cjs',
    'preload/preload.cjs',
    'renderer/index.html',
    'renderer/licences.html',
    'workers/programme.cjs',
  ]
  if (!parts.every((part) => existsSync(join(folder, 'out', part)))) return true
  return readStamp(buildStamp(folder)) !== sourceHash(folder)
}

const sourceFolders = ['electron', 'renderer']
const sourceFiles = ['electron.vite.config.ts', 'package.json', 'package-lock.json', 'tsconfig.json']

/** Content, not times: a checkout of another branch and back builds nothing. The start scripts themselves are in no bundle. */
export function sourceHash(folder) {
  const files = sourceFolders.flatMap((name) => filesIn(join(folder, name)))
  const relevant = files.filter((file) => !file.endsWith('.md') && !file.startsWith(join(folder, 'electron/start')))
  const all = [...relevant, ...sourceFiles.map((name) => join(folder, name))].filter((file) => existsSync(file)).sort()
  return hashOf(all.flatMap((file) => [relative(folder, file), readFileSync(file)]))
}

const filesIn = (folder) =>
  existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
        entry.isDirectory() ? filesIn(join(folder, entry.name)) : [join(folder, entry.name)],
      )
    : []

/** @param {(string | Buffer)[]} parts */
function hashOf(parts) {
  const hash = createHash('sha256')
  // Lengths between the parts, so that moving a character from one to the next changes the sum.
  for (const part of parts) hash.update(`${part.length}\n`).update(part)
  return hash.digest('hex')
}

const readStamp = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : null)

export function writeStamp(file, text) {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}
