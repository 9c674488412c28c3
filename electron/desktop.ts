/** The desktop app: Electron's main process. A list of what is set up, in order; the engine knows nothing of it. */
import { inspect } from 'node:util'
import {
  app,
  BrowserWindow,
  Menu,
  type MenuItemConstructorOptions,
  nativeTheme,
  safeStorage,
  screen,
  utilityProcess,
} from 'electron'
import { withoutPassword } from '#protocol/parameters'
import { pageOrigin, setUpLine } from './channels/ipc'
import { refusedSentence } from './channels/lineGuard'
import { pageIsBack, setUpCrashes } from './crashes'
import type { Engine, Opening } from './engine/engine'
import { known } from './engine/known'
import {
  isDrivenFromOutside,
  safePreferences,
  setUpDownloads,
  setUpPage,
  setUpPermissions,
  setUpRefusals,
  setUpRequests,
  setUpSandbox,
  setUpScheme,
} from './guards'
import { desktopFlags, readOpening, readRingSlots } from './hostOptions'
import { preloadFile, productVersion, workersFolder } from './places'
import type { SpawnProcess } from './processes/messages'
import type { Keyring } from './settings/passwords'
import { SettingsFile } from './settings/settingsFile'
import { placeWindow } from './settings/windowBounds'

const opening = readOpening(desktopFlags(process.argv.slice(1)), known)
const ringSlots = readRingSlots(app.isPackaged ? {} : process.env)

setUpProfile()
if (!opening.ok) leave(2, opening.problem)
else if (!ringSlots.ok) leave(2, ringSlots.problem)
else if (isDrivenFromOutside()) leave(2, 'the packed app cannot be debugged from outside.')
else if (!app.requestSingleInstanceLock()) leave(0, 'it is already running; its window was brought to the front.')
else {
  setUpScheme()
  setUpSandbox()
  setUpRefusals()
  // Else Electron makes a menu of its own before it is ready, to be replaced by ours.
  Menu.setApplicationMenu(null)
  app.whenReady().then(() => start(opening.value, ringSlots.value), fail)
}

function start(open: Opening | null, ringSlots: number | undefined): void {
  setUpRequests()
  setUpPermissions()
  setUpDownloads()
  const file = new SettingsFile({
    folder: app.getPath('userData'),
    scenarios: known,
    keyring,
    say: (sentence) => console.error(`Loopscope: ${sentence}`),
  })
  setUpPage(() => file.settings.settings)
  setUpTheme(file)
  const window = makeWindow(file)
  let closes = false
  window.once('close', () => {
    closes = true
  })
  // A reload, a navigation that is refused, a crash, or the end before the page is there aborts the first loading: no failure of the app.
  const load = () =>
    window.loadURL(`${pageOrigin.scheme}://${pageOrigin.host}/`).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ERR_ABORTED' && !closes && !window.webContents.isCrashed()) fail(error)
    })
  void load()
  // Its process starts while the engine is loaded and made.
  const engine = import('./engine/createEngine').then(({ createEngine }) =>
    createEngine({
      host: { kind: 'electron', runtime: `Electron ${process.versions.electron}`, version: productVersion() },
      workersDir: workersFolder,
      spawnProcess,
      dataDir: app.getPath('userData'),
      open,
      askBeforeConsuming: true,
      ringSlots,
      settings: file.settings,
    }),
  )
  engine.catch(fail)
  setUpMenu(window)
  setUpSecondStart(window)
  setUpCrashes(
    window,
    () => file.settings.settings.language,
    () => {
      void engine.then((ready) => ready.greet(pageIsBack))
      void load()
    },
  )
  setUpLine(window, engine)
  setUpQuitting(engine, file)
}

/** Before the lock, which is one for each profile: an Electron that was started with a folder may set a path of its own over Chromium's switch. */
function setUpProfile(): void {
  const folder = app.commandLine.getSwitchValue('user-data-dir')
  if (folder) app.setPath('userData', folder)
}

function setUpMenu(window: BrowserWindow): void {
  const view: MenuItemConstructorOptions[] = [
    { role: 'reload' },
    { type: 'separator' },
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { type: 'separator' },
    { role: 'togglefullscreen' },
    ...(app.isPackaged ? [] : [{ role: 'toggleDevTools' } as const]),
  ]
  const menu: MenuItemConstructorOptions[] = [
    process.platform === 'darwin' ? { role: 'appMenu' } : { role: 'fileMenu' },
    { role: 'editMenu' },
    { label: 'View', submenu: view },
    { role: 'windowMenu' },
    {
      role: 'help',
      submenu: [
        ...(process.platform === 'darwin' ? [] : [{ role: 'about' } as const]),
        { label: 'Licences', click: () => showLicences(window) },
      ],
    },
  ]
  Menu.setApplicationMenu(Menu.buildFromTemplate(menu))
}

/** Whose code the app holds, as the build wrote it. The page's own scheme serves it, so it is under the same guards. */
function showLicences(parent: BrowserWindow): void {
  const title = 'Licences – Loopscope'
  const window = new BrowserWindow({
    parent,
    title,
    width: 760,
    height: 700,
    autoHideMenuBar: true,
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#121212' : '#ffffff',
    webPreferences: safePreferences,
  })
  window.on('page-title-updated', (event) => event.preventDefault())
  window.loadURL(`${pageOrigin.scheme}://${pageOrigin.host}/licences.html`).catch((error: unknown) => {
    if (!window.isDestroyed()) console.error('Loopscope: the licences cannot be shown:', error)
  })
}

/** The page's media query and the system's own parts follow the setting from the first pixel on. */
function setUpTheme({ settings }: SettingsFile): void {
  const follow = () => {
    nativeTheme.themeSource = settings.settings.theme
  }
  settings.onChange(follow)
  follow()
}

/** Linux without a keyring would encrypt with a password that everybody knows; what cannot tell which it has (before Electron 25) is not trusted. */
const keyring: Keyring = {
  isAvailable() {
    if (!safeStorage.isEncryptionAvailable()) return false
    if (process.platform !== 'linux') return true
    const backend = safeStorage.getSelectedStorageBackend?.() ?? 'unknown'
    return backend !== 'unknown' && backend !== 'basic_text'
  },
  encrypt: (text) => safeStorage.encryptString(text),
  decrypt: (bytes) => safeStorage.decryptString(bytes),
}

function makeWindow(file: SettingsFile): BrowserWindow {
  const displays = [screen.getPrimaryDisplay(), ...screen.getAllDisplays()].map(({ workArea }) => workArea)
  const window = new BrowserWindow({
    title: 'Loopscope',
    ...placeWindow(file.window, { width: 1440, height: 900 }, displays),
    minWidth: 960,
    minHeight: 600,
    show: false,
    // The menu's shortcuts work; the bar itself appears with Alt, so that the page has the whole window.
    autoHideMenuBar: true,
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#16181b' : '#ffffff',
    webPreferences: { ...safePreferences, preload: preloadFile },
  })
  window.once('ready-to-show', () => {
    if (file.window?.maximized) window.maximize()
    window.show()
  })
  const remember = () => {
    if (!window.isDestroyed()) file.window = { ...window.getNormalBounds(), maximized: window.isMaximized() }
  }
  // Whichever comes first: closing the window quits, and quitting closes it.
  window.once('close', remember)
  app.once('before-quit', remember)
  return window
}

/** A process of a pool: a utility process, since the packed app cannot be run as Node. Electron ends it with the app, whatever ends that. */
const spawnProcess: SpawnProcess = (file) => {
  const child = utilityProcess.fork(file, [], { serviceName: 'Loopscope process', stdio: 'inherit' })
  return {
    send: (message) => child.postMessage(message),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.once('exit', listener),
    kill: () => {
      if (child.pid !== undefined) process.kill(child.pid, 'SIGKILL')
    },
  }
}

function setUpSecondStart(window: BrowserWindow): void {
  app.on('second-instance', () => {
    if (window.isDestroyed()) return
    if (window.isMinimized()) window.restore()
    window.focus()
  })
}

/** Every thread is ended before the process goes, within two seconds whatever it does. */
function setUpQuitting(engine: Promise<Engine>, file: SettingsFile): void {
  let closing = false
  let closed = false
  app.on('window-all-closed', () => app.quit())
  app.on('before-quit', (event) => {
    if (closed) return
    event.preventDefault()
    if (closing) return
    closing = true
    const limit = new Promise((resolve) => setTimeout(resolve, 2000))
    Promise.race([Promise.all([engine.then((ready) => ready.close()), file.close()]), limit])
      .catch((error: unknown) => console.error('Loopscope: the engine did not close well:', error))
      .finally(() => {
        closed = true
        app.quit()
      })
    engine.then(
      ({ refused }) => {
        const sentence = refusedSentence(refused)
        if (sentence) console.error(sentence)
      },
      () => undefined,
    )
  })
}

function leave(code: number, sentence: string): void {
  console.error(`Loopscope: ${withoutPassword(sentence)}`)
  app.exit(code)
}

function fail(error: unknown): void {
  console.error(withoutPassword(`Loopscope: the app failed: ${inspect(error)}`))
  app.exit(1)
}
