/** What the desktop app lets no page do, whatever it shows: Electron's own security checklist in code. The table is in README.md. */
import { app, protocol, session, type WebPreferences } from 'electron'
import type { Appearance } from '#protocol/settings'
import { pageOrigin } from './channels/ipc'
import { pageFile } from './channels/pageFiles'
import { pageFolder, productVersion } from './places'

/** Of every window. Most are Electron's defaults today, and said here so that no later default changes them. */
export const safePreferences: WebPreferences = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  spellcheck: false,
  devTools: !app.isPackaged,
}

/** Before `ready`: a scheme of our own is a secure origin with storage and without the file system behind it. */
export function setUpScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true }
  protocol.registerSchemesAsPrivileged([{ scheme: pageOrigin.scheme, privileges }])
}

/** Every renderer in the sandbox. With `--no-sandbox`, which root needs, Electron 22 would die at once if it were enabled as well. */
export function setUpSandbox(): void {
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
}

/** No page but ours, nowhere: no navigation, no new window, no webview. A reload is no navigation. */
export function setUpRefusals(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event) => event.preventDefault())
    contents.on('will-redirect', (event) => event.preventDefault())
    contents.on('will-frame-navigate', (event) => event.preventDefault())
    contents.on('will-attach-webview', (event) => event.preventDefault())
    contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  })
}

/** Serves out/renderer and nothing else. */
export function setUpPage(appearance: () => Appearance): void {
  const serve = async (method: string, address: string) => {
    const { host, pathname } = new URL(address)
    return pageFile(pageFolder, host === pageOrigin.host && method === 'GET' ? pathname : '/\0', appearance())
  }
  // Electron 22 has no `handle` (it came with 25), and its Node no Response.
  if (typeof protocol.handle === 'function') {
    protocol.handle(pageOrigin.scheme, async ({ method, url }) => {
      const { status, headers, body } = await serve(method, url)
      return new Response(new Uint8Array(body), { status, headers })
    })
    return
  }
  protocol.registerBufferProtocol(pageOrigin.scheme, ({ method, url }, done) => {
    serve(method, url).then(
      ({ status, headers, body }) => {
        done({ statusCode: status, headers, mimeType: headers['content-type']!.split(';')[0]!, charset: 'utf-8', data: body })
      },
      (error: unknown) => {
        console.error('Loopscope: the page could not be read:', error)
        done({ statusCode: 500 })
      },
    )
  })
}

/** Of all downloads only the files that our page made itself: the system's dialog asks where each is to be kept. */
export function setUpDownloads(): void {
  session.defaultSession.on('will-download', (event, item) => {
    if (!item.getURL().startsWith(`blob:${pageOrigin.scheme}://${pageOrigin.host}/`)) event.preventDefault()
  })
}

/** The page's policy lets it ask nobody but us; should it ever fail, no request leaves the app and no file is read. */
export function setUpRequests(): void {
  const urls = ['http', 'https', 'ws', 'wss', 'ftp', 'file'].map((scheme) => `${scheme}://*/*`)
  session.defaultSession.webRequest.onBeforeRequest({ urls }, (_request, answer) => answer({ cancel: true }))
}

/** The page may write to the clipboard (its copy buttons) and nothing more. */
export function setUpPermissions(): void {
  const allowed = (permission: string, origin: string | undefined) =>
    permission === 'clipboard-sanitized-write' && origin?.startsWith(`${pageOrigin.scheme}://${pageOrigin.host}/`) === true
  const { defaultSession } = session
  defaultSession.setPermissionRequestHandler((_contents, permission, answer, { requestingUrl }) =>
    answer(allowed(permission, requestingUrl)),
  )
  defaultSession.setPermissionCheckHandler((_contents, permission, origin) => allowed(permission, origin))
  defaultSession.setDevicePermissionHandler(() => false)
}

/** The product refuses debuggers; only the variant that is packed for the end-to-end tests lets them in. */
export function isDrivenFromOutside(): boolean {
  const drives = ['remote-debugging-port', 'remote-debugging-pipe', 'remote-allow-origins'].some((name) =>
    app.commandLine.hasSwitch(name),
  )
  return drives && app.isPackaged && !productVersion().endsWith('-e2e')
}
