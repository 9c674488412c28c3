/** The desktop app's guards one by one, with a stand-in for Electron: also those that only newer runtimes ask. */
import { EventEmitter } from 'node:events'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { setUpDownloads, setUpPage, setUpPermissions, setUpRefusals, setUpRequests } from '../electron/guards'

const electron = vi.hoisted(() => ({
  app: { isPackaged: false, on: vi.fn() },
  session: {
    defaultSession: {
      setPermissionRequestHandler: vi.fn(),
      setPermissionCheckHandler: vi.fn(),
      setDevicePermissionHandler: vi.fn(),
      on: vi.fn(),
      webRequest: { onBeforeRequest: vi.fn() },
    },
  },
  protocol: { handle: vi.fn() },
  ipcMain: {},
  MessageChannelMain: class {},
}))
vi.mock('electron', () => electron)
vi.mock('../electron/places', () => ({ pageFolder: 'renderer', productVersion: () => '1.0.0' }))
beforeEach(() => vi.clearAllMocks())

describe('permissions', () => {
  const { defaultSession } = electron.session
  const write = 'clipboard-sanitized-write'
  const cases = [
    [write, 'loopscope://app/', true],
    [write, 'loopscope://app.evil/', false],
    [write, 'loopscope://other/', false],
    [write, 'https://app/', false],
    [write, '', false],
    [write, undefined, false],
    ...['clipboard-read', 'media', 'geolocation', 'notifications', 'fullscreen', 'openExternal', 'hid', 'usb', 'fileSystem'].map(
      (permission) => [permission, 'loopscope://app/', false] as const,
    ),
  ] as const

  test.each(cases)('%s for %s: %s', (permission, origin, granted) => {
    setUpPermissions()
    const answer = vi.fn()
    defaultSession.setPermissionRequestHandler.mock.calls[0]![0](null, permission, answer, { requestingUrl: origin })
    expect(answer).toHaveBeenCalledExactlyOnceWith(granted)
    expect(defaultSession.setPermissionCheckHandler.mock.calls[0]![0](null, permission, origin)).toBe(granted)
  })

  test('no devices', () => {
    setUpPermissions()
    expect(defaultSession.setDevicePermissionHandler.mock.calls[0]![0]({ deviceType: 'usb' })).toBe(false)
  })
})

describe('downloads', () => {
  test.each([
    ['blob:loopscope://app/8d1f', false],
    ['blob:loopscope://app.evil/8d1f', true],
    ['blob:https://app/8d1f', true],
    ['loopscope://app/index.html', true],
    ['data:text/plain,x', true],
    ['https://example.invalid/x.exe', true],
  ])('%s is refused: %s', (url, refused) => {
    setUpDownloads()
    const [name, listener] = electron.session.defaultSession.on.mock.calls[0]!
    expect(name).toBe('will-download')
    const event = { preventDefault: vi.fn() }
    listener(event, { getURL: () => url })
    expect(event.preventDefault).toHaveBeenCalledTimes(refused ? 1 : 0)
  })
})

describe('refusals', () => {
  const contentsMade = () => {
    setUpRefusals()
    const contents = Object.assign(new EventEmitter(), { setWindowOpenHandler: vi.fn() })
    const [name, listener] = electron.app.on.mock.calls[0]!
    expect(name).toBe('web-contents-created')
    listener({}, contents)
    return contents
  }

  test.each(['will-navigate', 'will-redirect', 'will-frame-navigate', 'will-attach-webview'])('%s', (name) => {
    const preventDefault = vi.fn()
    contentsMade().emit(name, { preventDefault })
    expect(preventDefault).toHaveBeenCalledOnce()
  })

  test('new windows', () => {
    expect(contentsMade().setWindowOpenHandler.mock.calls[0]![0]({ url: 'loopscope://app/' })).toEqual({ action: 'deny' })
  })
})

test('requests by any scheme of the network, and for files, are cancelled', () => {
  setUpRequests()
  const [filter, listener] = electron.session.defaultSession.webRequest.onBeforeRequest.mock.calls[0]!
  expect(filter.urls).toEqual(['http', 'https', 'ws', 'wss', 'ftp', 'file'].map((scheme) => `${scheme}://*/*`))
  const answer = vi.fn()
  listener({}, answer)
  expect(answer).toHaveBeenCalledExactlyOnceWith({ cancel: true })
})

test.each([
  ['GET', 'loopscope://app/', 200],
  ['GET', 'loopscope://app/main.tsx', 200],
  ['GET', 'loopscope://other/', 404],
  ['POST', 'loopscope://app/', 404],
  ['GET', 'loopscope://app/..%2fpackage.json', 404],
])('by the newer way to serve a scheme: %s %s is %i', async (method, url, status) => {
  setUpPage(() => ({ theme: 'system', language: 'en' }))
  const answer: Response = await electron.protocol.handle.mock.calls[0]![1]({ method, url })
  expect(answer.status).toBe(status)
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
})
