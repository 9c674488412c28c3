/** `npm start`: sets up what is missing, then opens the app in Electron, or else in the browser, and says which and why. */
import { join } from 'node:path'
import { hasDisplay, needsNoSandbox, oldestElectron, workingElectron } from './electron.mjs'
import { installElectron } from './installElectron.mjs'
import { readStartOptions } from './options.mjs'
import { endEverythingOnSignal, isStopping, run, runNode, say } from './run.mjs'
import { root, setUp } from './setup.mjs'

const options = optionsOrExit()
endEverythingOnSignal()
await setUp()
const electron = options.browser ? undefined : await findOrInstall()
process.exitCode = electron ? await openDesktop(electron) : await openBrowserHost()
// Ctrl+C is how one leaves: no failure, whatever the host says to it.
if (isStopping()) process.exitCode = 0

function optionsOrExit() {
  const read = readStartOptions(process.argv.slice(2))
  if (read.problem === undefined) return read
  say(read.problem)
  return process.exit(2)
}

async function findOrInstall() {
  if (!hasDisplay() && !options.install) {
    say(
      'there is no display (DISPLAY and WAYLAND_DISPLAY are not set), so no window can open here. The browser version is the same engine and ' +
        'the same page; open the address below in a browser on this machine.',
    )
    return undefined
  }
  let electron = workingElectron(root)
  /** @type {string | null} */
  let reason = null
  if (!electron.path && (options.install || !electron.given)) {
    reason = await installElectron({ again: options.install })
    if (isStopping()) process.exit(130)
    electron = workingElectron(root)
  }
  if (electron.path && hasDisplay()) return electron
  if (!electron.path) sayNoElectron(electron.tried, reason)
  return undefined
}

/** @param {string} tried @param {string | null} reason */
function sayNoElectron(tried, reason) {
  say(
    `no Electron ${oldestElectron} or newer was found, so Loopscope opens in the browser: the same engine, the same page. Looked at ${tried}${
      reason ? `; fetching it: ${reason}` : ''
    }. To get it: “npm start -- --install” (from GitHub's releases; ELECTRON_MIRROR=https://host/path/ names another place), or set ` +
      'ELECTRON_OVERRIDE_DIST_PATH to the folder of an unpacked Electron.',
  )
}

async function openDesktop({ path, version }) {
  const asRoot = needsNoSandbox()
  say(
    `opening in Electron ${version}${asRoot ? ', as root with --no-sandbox, since Chromium’s sandbox refuses root' : ''}. Ctrl+C ends it.`,
  )
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env
  const { code } = await run(path, [...(asRoot ? ['--no-sandbox'] : []), root, ...options.opening], { cwd: root, env })
  return code
}

async function openBrowserHost() {
  const args = [...options.opening, ...options.address]
  // The fourth, a line to us, tells the host when we are gone without a word.
  const { code } = await runNode([join(root, 'out/main/browser.cjs'), ...args], {
    cwd: root,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  })
  return code
}
