/** The kinds of tests, in the order in which they run. Each streams what its tool says and adds its count to the tally. */
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { findChromium, findCommand, findRedis } from './commands.mjs'
import { openDisplay } from './display.mjs'
import { workingElectron } from './electron.mjs'
import { readPlaywright, readVitest } from './reports.mjs'
import { runNode } from './run.mjs'
import { root } from './setup.mjs'

const modules = join(root, 'node_modules')
const reports = join(modules, '.cache/reports')
const timeLimit = 20 * 60_000
const stdio = ['ignore', 'inherit', 'inherit']

export const parts = {
  types: { title: 'types', run: (tally) => check(tally, 'types', 'typescript/bin/tsc', ['-b']) },
  lint: { title: 'lint', run: (tally) => check(tally, 'lint', '@biomejs/biome/bin/biome', ['ci', '.']) },
  unit: { title: 'unit, layers, engine, Redis', run: unit },
  browser: { title: 'end-to-end, browser version', run: browser },
  electron: { title: 'end-to-end, Electron', run: electron },
  packed: { title: 'packed app', run: packed },
}

async function check(tally, name, script, args) {
  const { code } = await runNode([join(modules, script), ...args], { cwd: root, stdio, timeLimit })
  tally.check(`${name}: ended with ${code}`, code === 0)
}

/** Tests that have a long form read it. */
const longEnv = (long) => (long ? { LOOPSCOPE_LONG: '1' } : {})
/** Tests that are otherwise seen on the other host alone read it. */
const oneHostEnv = (other) => (other ? {} : { LOOPSCOPE_ONE_HOST: '1' })

async function unit(tally, { long }) {
  const file = freshReport('vitest')
  const args = ['run', '--config', 'tests/vitest.config.ts', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  const env = { ...process.env, ...longEnv(long) }
  const { code } = await runNode([join(modules, 'vitest/vitest.mjs'), ...args], {
    cwd: root,
    stdio,
    env,
    timeLimit: long ? 3 * timeLimit : timeLimit,
  })
  const missing = (name) =>
    /redis/i.test(name) && !findRedis() ? 'redis' : /python|cpython/i.test(name) && !findCommand('python3') ? 'python' : null
  tally.add('unit', readVitest(file, root), code, missing)
}

async function browser(tally, { long }) {
  const chromium = findChromium()
  if (!chromium) {
    tally.skip('end-to-end in the browser', 'no Chromium: install it (Debian: chromium) or set CHROMIUM', 'browser')
    return
  }
  const env = { ...process.env, CHROMIUM: chromium, ...longEnv(long), ...oneHostEnv(workingElectron(root).path) }
  await playwright(tally, 'browser', env)
}

async function electron(tally, { long }) {
  const found = workingElectron(root)
  if (!found.path) {
    tally.skip('end-to-end on Electron', `no runtime: set ELECTRON_OVERRIDE_DIST_PATH (${found.tried})`, 'electron')
    return
  }
  const own = { LOOPSCOPE_ELECTRON: found.path, ...longEnv(long), ...oneHostEnv(findChromium()) }
  await onDisplay(tally, 'end-to-end on Electron', (env) => playwright(tally, 'electron', { ...env, ...own }))
}

async function packed(tally) {
  const found = workingElectron(root)
  if (!found.path) {
    tally.skip('the packed app', `no Electron to pack: set ELECTRON_OVERRIDE_DIST_PATH (${found.tried})`, 'electron')
    return
  }
  // The variant that can be driven, and the one that is given to people.
  const [driven, given] = [await pack(tally, ['--e2e'], 'release/e2e'), await pack(tally, [], 'release')]
  if (driven === null || given === null) return
  const apps = { LOOPSCOPE_PACKED: driven, LOOPSCOPE_RELEASE: given }
  await onDisplay(tally, 'the packed app', (env) => playwright(tally, 'packed', { ...env, ...apps }))
}

/** The executable, or null where there is none. */
async function pack(tally, options, folder) {
  const { code } = await runNode([join(root, 'electron/start/package.mjs'), ...options], { cwd: root, stdio, timeLimit })
  const app = packedExecutable(folder)
  tally.check(`packing into ${folder}: ended with ${code}`, code === 0 && app !== null)
  return code === 0 ? app : null
}

function packedExecutable(folder) {
  const places = {
    linux: ['linux-unpacked/loopscope', 'linux-arm64-unpacked/loopscope'],
    darwin: ['mac/Loopscope.app/Contents/MacOS/Loopscope', 'mac-arm64/Loopscope.app/Contents/MacOS/Loopscope'],
    win32: ['win-unpacked/Loopscope.exe'],
  }[process.platform]
  return places?.map((place) => join(root, folder, place)).find((path) => existsSync(path)) ?? null
}

async function playwright(tally, project, env) {
  const file = freshReport(`playwright-${project}`)
  const args = ['test', '-c', 'tests/playwright.config.ts', `--project=${project}`, '--reporter=list,json']
  const { code } = await runNode([join(modules, 'playwright/cli.js'), ...args], {
    cwd: root,
    stdio,
    timeLimit,
    env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: file, PLAYWRIGHT_FORCE_TTY: '0' },
  })
  tally.add(`end-to-end, ${project}`, readPlaywright(file), code, () => null)
}

async function onDisplay(tally, what, work) {
  const display = await openDisplay()
  if (!display) {
    tally.skip(what, 'no display and no Xvfb to make one (Debian: xvfb)', 'electron')
    return
  }
  try {
    await work(display.env)
  } finally {
    display.close()
  }
}

function freshReport(name) {
  const file = join(reports, `${name}.json`)
  rmSync(file, { force: true })
  return file
}
