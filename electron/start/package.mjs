/**
 * `npm run package`: the unpacked app for this system in release/. With a runtime at hand (given by environment variable, or npm's) nothing is
 * downloaded; else electron-builder fetches the one of package.json. `--e2e` makes the variant that tests can drive, in release/e2e/.
 */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { workingElectron } from './electron.mjs'
import { endEverythingOnSignal, runNode, say, toStderr } from './run.mjs'
import { root, setUp } from './setup.mjs'

const e2e = readOptions()
endEverythingOnSignal()
await setUp()
const system = { linux: '--linux', darwin: '--mac', win32: '--win' }[process.platform]
const config = join(root, `electron/packaging/electron-builder${e2e ? '.e2e' : ''}.yml`)
const electron = electronAtHand()
say(`packing the app${electron.length > 0 ? '' : ', with a download of Electron'} …`)
const builder = join(root, 'node_modules/electron-builder/cli.js')
const { code } = await runNode([builder, system, 'dir', '--publish', 'never', '--config', config, ...electron], {
  cwd: root,
  stdio: toStderr,
})
if (code === 0) say(`packed in ${e2e ? 'release/e2e' : 'release'}/.`)
else if (electron.length === 0) {
  say('packing failed. Where Electron cannot be downloaded, set ELECTRON_OVERRIDE_DIST_PATH to the folder of an unpacked one.')
}
process.exitCode = code

function readOptions() {
  try {
    return parseArgs({ options: { e2e: { type: 'boolean' } }, allowPositionals: false }).values.e2e === true
  } catch (error) {
    say(`${error.message.split(/(?<=\.)\s/)[0]} The only option is --e2e.`)
    process.exit(2)
  }
}

/** The folder of a working runtime and its version, as electron-builder wants them. */
function electronAtHand() {
  const { path } = workingElectron(root)
  // On macOS the executable lies three folders deep in Electron.app.
  const folder = path && (process.platform === 'darwin' ? join(dirname(path), '../../..') : dirname(path))
  if (!folder || !existsSync(join(folder, 'version'))) return []
  const version = readFileSync(join(folder, 'version'), 'utf8').trim().replace(/^v/, '')
  return [`-c.electronDist=${folder}`, `-c.electronVersion=${version}`]
}
