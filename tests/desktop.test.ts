/** The first moments of the desktop app, with a stand-in for Electron: what is decided before there is a window. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

const electron = vi.hoisted(() => {
  const never = () => new Promise(() => undefined)
  return {
    switches: new Set<string>(),
    steps: [] as string[],
    never,
    app: {
      isPackaged: false,
      commandLine: { hasSwitch: (name: string) => electron.switches.has(name), getSwitchValue: () => '' },
      enableSandbox: () => electron.steps.push('sandbox'),
      requestSingleInstanceLock: () => electron.lock,
      exit: (code: number) => electron.steps.push(`exit ${code}`),
      on: (name: string) => electron.steps.push(name),
      whenReady: () => {
        electron.steps.push('ready')
        return never()
      },
      setPath: () => undefined,
    },
    lock: true,
    protocol: { registerSchemesAsPrivileged: (schemes: object[]) => electron.steps.push(JSON.stringify(schemes)) },
    ipcMain: {},
    session: {},
    safeStorage: {},
  }
})
vi.mock('electron', () => ({
  ...electron,
  BrowserWindow: class {},
  MessageChannelMain: class {},
  Menu: { setApplicationMenu: () => undefined },
  nativeTheme: {},
  screen: {},
  utilityProcess: {},
}))
vi.mock('../electron/places', async (original) => ({ ...(await original<object>()), productVersion: () => '1.0.0' }))

beforeEach(() => {
  electron.switches.clear()
  electron.steps.length = 0
  electron.lock = true
  electron.app.isPackaged = false
  vi.resetModules()
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
})
afterEach(() => void vi.restoreAllMocks())

const start = async (...args: string[]) => {
  const argv = process.argv
  process.argv = ['electron', '.', ...args]
  await import('../electron/desktop')
  process.argv = argv
  return electron.steps
}
const said = () => vi.mocked(console.error).mock.calls.map(String)

test('every renderer is put in the sandbox before anything else can be made', async () => {
  const steps = await start()
  expect(steps).toContain('sandbox')
  expect(steps.indexOf('sandbox')).toBeLessThan(steps.indexOf('ready'))
})

test('where root turned the sandbox off it is not asked for, which would be the end', async () => {
  electron.switches.add('no-sandbox')
  expect(await start()).not.toContain('sandbox')
})

test('our scheme is a secure origin like any other, and no more, from before the start on', async () => {
  const steps = await start()
  const scheme = steps.findIndex((step) => step.includes('loopscope'))
  expect(scheme).toBeLessThan(steps.indexOf('ready'))
  const [{ privileges }] = JSON.parse(steps[scheme]!)
  expect(privileges).toMatchObject({ standard: true, secure: true })
  for (const name of ['bypassCSP', 'allowServiceWorkers', 'corsEnabled']) expect(privileges[name] ?? false).toBe(false)
})

test('no web contents are made before the refusals wait for them', async () => {
  const steps = await start()
  expect(steps.indexOf('web-contents-created')).toBeGreaterThanOrEqual(0)
  expect(steps.indexOf('web-contents-created')).toBeLessThan(steps.indexOf('ready'))
})

test.each(['remote-debugging-port', 'remote-debugging-pipe', 'remote-allow-origins'])(
  'the packed app leaves when it is started with --%s; a runtime for developers does not',
  async (name) => {
    electron.switches.add(name)
    expect(await start()).toContain('ready')
    electron.steps.length = 0
    electron.app.isPackaged = true
    vi.resetModules()
    expect(await start()).toEqual(['exit 2'])
    expect(said()).toEqual(['Loopscope: the packed app cannot be debugged from outside.'])
  },
)

test('a second start leaves', async () => {
  electron.lock = false
  expect(await start()).toEqual(['exit 0'])
})

test('what cannot be opened is one sentence, and no password of it', async () => {
  expect(await start('--scenario=redis://me:geheim@host')).toEqual(['exit 2'])
  expect(said()).toEqual([expect.stringMatching(/^Loopscope: --scenario: “redis:\/\/me:…@host” is none of threads, /)])
})
