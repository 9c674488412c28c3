/** Electron's security checklist, item by item, in the app itself. The table of all twenty is in electron/README.md. */
import { resolve } from 'node:path'
import type { ElectronApplication, Page } from 'playwright/test'
import { contentSecurityPolicy } from '../../electron/channels/pageFiles'
import { expect, runButton, test } from '../support/app'
import { deafServer } from '../support/deafServer'
import type { OpenedApp } from '../support/launch'

/** It must never hear anything. */
let elsewhere: Awaited<ReturnType<typeof deafServer>>
test.beforeEach(async () => {
  elsewhere = await deafServer()
})
test.afterEach(() => {
  elsewhere.close()
  expect(elsewhere.asked).toEqual([])
})

// What a guard refuses is on the console: “Refused to …”, “Failed to load …”, “Not allowed to …”.
test.use({ expectedErrors: [/^(Refused|Failed|Not allowed|Access|Fetch API|Unsafe|This document requires|Permission)/] })

/** The page is there: a navigation before that would break off its loading. */
async function shown({ page, electron }: OpenedApp): Promise<{ page: Page; electron: ElectronApplication }> {
  await expect(runButton(page)).toBeVisible()
  if (!electron) throw new Error('only for Electron')
  return { page, electron }
}

test('1, 18: the page comes by our scheme, and no request leaves the app', async ({ open }) => {
  const { page, electron } = await shown(await open())
  expect(page.url()).toBe('loopscope://app/')
  expect(await page.evaluate(() => window.isSecureContext)).toBe(true)
  const failures = await page.evaluate(
    (addresses) => Promise.all(addresses.map((to) => fetch(to, { mode: 'no-cors' }).then(String, () => 'failed'))),
    [elsewhere.address, 'https://example.invalid/', 'file:///etc/passwd', 'loopscope://other/index.html'],
  )
  expect(failures).toEqual(Array(4).fill('failed'))
  // A page without our policy: what it asks for is refused in the main process.
  const outcomes = await electron.evaluate(async ({ BrowserWindow }, address) => {
    const results: string[] = []
    for (const url of [address, 'file:///etc/passwd']) {
      const window = new BrowserWindow({ show: false })
      results.push(await window.loadURL(url).then(String, (error: { code: string }) => error.code))
      window.destroy()
    }
    const window = new BrowserWindow({ show: false })
    await window.loadURL('data:text/html,blank')
    const scripts = [
      `fetch(${JSON.stringify(address)}, { mode: 'no-cors' }).then(String, () => 'failed')`,
      `new Promise((done) => {
        const socket = new WebSocket(${JSON.stringify(address.replace('http', 'ws'))})
        socket.onopen = () => done('open')
        socket.onerror = () => done('failed')
      })`,
    ]
    for (const script of scripts) results.push(await window.webContents.executeJavaScript(script))
    window.destroy()
    return results
  }, elsewhere.address)
  expect(outcomes).toEqual(['ERR_BLOCKED_BY_CLIENT', 'ERR_BLOCKED_BY_CLIENT', 'failed', 'failed'])
})

test('2, 3, 4, 6, 8, 9, 10: every window is isolated, sandboxed, without Node and without experiments', async ({ open }) => {
  const { electron } = await shown(await open())
  await electron.evaluate(({ Menu }) => {
    const help = Menu.getApplicationMenu()?.items.find((item) => item.role === 'help')
    help?.submenu?.items.find((item) => item.label === 'Licences')?.click()
  })
  await expect.poll(() => electron.windows().length).toBe(2)
  const all = await electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map(({ webContents }) =>
      (webContents as unknown as { getLastWebPreferences(): Record<string, unknown> }).getLastWebPreferences(),
    ),
  )
  expect(all).toHaveLength(2)
  for (const preferences of all) {
    expect(preferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
    })
    for (const name of ['nodeIntegrationInWorker', 'enableBlinkFeatures']) expect(preferences[name] || null).toBeNull()
  }
  for (const window of electron.windows()) {
    const found = await window.evaluate(() =>
      ['require', 'process', 'module', 'Buffer', 'global', 'ipcRenderer', 'electron'].filter((name) => name in globalThis),
    )
    expect(found).toEqual([])
  }
})

test('3: the page cannot reach into the preload’s world', async ({ open }) => {
  const { page } = await shown(await open())
  const spoiled = await page.evaluate(() => {
    const bridge = window.loopscope as unknown as { ready: unknown }
    const before = bridge.ready
    try {
      bridge.ready = () => 'ours'
    } catch {
      return false
    }
    return bridge.ready !== before
  })
  expect(spoiled).toBe(false)
})

test('5: no permission but to write to the clipboard', async ({ open }) => {
  const { page } = await shown(await open())
  await page.mouse.click(2, 2)
  expect(await page.evaluate(() => navigator.clipboard.writeText('LPUSH queue 5').then(() => 'written', String))).toBe('written')
  const granted = await page.evaluate(async () => {
    const names = ['geolocation', 'notifications', 'camera', 'microphone', 'midi', 'clipboard-read', 'persistent-storage']
    const states = await Promise.all(
      names.map((name) =>
        navigator.permissions.query({ name: name as PermissionName }).then(
          ({ state }) => `${name} ${state}`,
          () => `${name} unknown`,
        ),
      ),
    )
    const outcome = (what: string, work: () => Promise<unknown>) =>
      work().then(
        () => `${what} granted`,
        () => `${what} denied`,
      )
    const tried = await Promise.all([
      outcome('position', () => new Promise((done, fail) => navigator.geolocation.getCurrentPosition(done, fail))),
      outcome('media', () => navigator.mediaDevices.getUserMedia({ audio: true, video: true })),
      outcome('screen', () => navigator.mediaDevices.getDisplayMedia()),
      outcome('notify', async () => {
        if ((await Notification.requestPermission()) !== 'granted') throw new Error('denied')
      }),
      outcome('clipboard', () => navigator.clipboard.readText()),
      outcome('pointer', async () => {
        await document.body.requestPointerLock()
        await new Promise((done) => setTimeout(done, 200))
        if (!document.pointerLockElement) throw new Error('denied')
      }),
      outcome('devices', () =>
        (navigator as unknown as { usb: { requestDevice(options: object): Promise<unknown> } }).usb.requestDevice({
          filters: [],
        }),
      ),
    ])
    return [...states, ...tried]
  })
  expect(granted.filter((line) => line.endsWith('granted'))).toEqual([])
})

test('7: the policy is on every answer and in force', async ({ open }) => {
  const { page } = await shown(await open())
  const headers = await page.evaluate(async () => {
    const answers = await Promise.all(['/', '/licences.html', '/nothing'].map((path) => fetch(path)))
    return answers.map((answer) => answer.headers.get('content-security-policy'))
  })
  expect(headers).toEqual(Array(3).fill(contentSecurityPolicy))
  const broken = await page.evaluate(async () => {
    const violations: string[] = []
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => violations.push(effectiveDirective))
    const seen = globalThis as unknown as Record<string, unknown>
    const add = (element: HTMLElement) => document.body.append(element)
    const inline = document.createElement('script')
    // Past the one part of the policy that would refuse all texts, so that the others are met as well.
    const { trustedTypes } = globalThis as unknown as {
      trustedTypes: {
        createPolicy(name: string, rules: object): { createScript(text: string): string; createHTML(text: string): string }
      }
    }
    const trusted = trustedTypes.createPolicy('test', {
      createScript: (text: string) => text,
      createHTML: (text: string) => text,
    })
    const attempts: (() => unknown)[] = [
      () => Function('globalThis.evaluated = true')(),
      () => Reflect.get(globalThis, 'eval')(trusted.createScript('globalThis.evaluated = true')),
      () => {
        document.body.insertAdjacentHTML('beforeend', '<p>untrusted')
      },
      () => {
        document.body.insertAdjacentHTML('beforeend', trusted.createHTML('<img src="x" onerror="globalThis.handled = true">'))
      },
      () => {
        inline.text = trusted.createScript('globalThis.inlined = true')
        add(inline)
      },
      () => add(Object.assign(document.createElement('iframe'), { src: 'https://example.invalid/' })),
      () => add(Object.assign(document.createElement('iframe'), { srcdoc: '<p>' })),
      () => add(Object.assign(document.createElement('object'), { data: 'https://example.invalid/' })),
      () => add(Object.assign(document.createElement('img'), { src: 'https://example.invalid/x.png' })),
      () => document.head.append(Object.assign(document.createElement('base'), { href: 'https://example.invalid/' })),
      () => {
        const form = Object.assign(document.createElement('form'), { action: 'https://example.invalid/' })
        add(form)
        form.submit()
      },
      () => new Worker('data:text/javascript,1'),
    ]
    let thrown = 0
    // Each in a turn of its own: what the debugger calls itself may evaluate texts.
    for (const attempt of attempts) {
      await new Promise<void>((done) =>
        setTimeout(() => {
          try {
            attempt()
          } catch {
            thrown++
          }
          done()
        }),
      )
    }
    await new Promise((done) => setTimeout(done, 300))
    return {
      ran: ['evaluated', 'handled', 'inlined'].filter((name) => name in seen),
      thrown,
      directives: [...new Set(violations.map((name) => name.replace(/-(elem|attr)$/, '')))].sort(),
    }
  })
  expect(broken.ran).toEqual([])
  expect(broken.directives).toEqual(
    expect.arrayContaining(['base-uri', 'form-action', 'frame-src', 'img-src', 'require-trusted-types-for']),
  )
})

test('11, 12: there are no webviews, whatever they ask for', async ({ open }) => {
  const { page, electron } = await shown(await open())
  const before = await electron.evaluate(({ webContents }) => webContents.getAllWebContents().length)
  const kind = await page.evaluate((src) => {
    const view = document.createElement('webview')
    for (const [name, value] of Object.entries({ src, allowpopups: '', nodeintegration: '', webpreferences: 'sandbox=no' })) {
      view.setAttribute(name, value)
    }
    document.body.append(view)
    return view.constructor.name
  }, elsewhere.address)
  expect(kind).toBe('HTMLElement')
  // A window that allows them, as ours does not, gets none either.
  const attached = await electron.evaluate(async ({ BrowserWindow, webContents }, src) => {
    const window = new BrowserWindow({ show: false, webPreferences: { webviewTag: true } })
    await window.loadURL(`data:text/html,<webview src="${src}"></webview>`)
    await new Promise((done) => setTimeout(done, 300))
    const count = webContents.getAllWebContents().filter((contents) => contents.getType() === 'webview').length
    window.destroy()
    return count
  }, 'data:text/html,view')
  expect(attached).toBe(0)
  await expect.poll(() => electron.evaluate(({ webContents }) => webContents.getAllWebContents().length)).toBe(before)
})

test('13: the page goes nowhere, by no way', async ({ open }) => {
  const { page, electron } = await shown(await open())
  await page.evaluate(async (address) => {
    const ways: (() => void)[] = [
      () => window.location.assign(address),
      () => window.location.replace('file:///etc/passwd'),
      () => window.location.assign('data:text/html,elsewhere'),
      () => window.location.assign('loopscope://other/'),
      () => {
        const link = Object.assign(document.createElement('a'), { href: `${address}/link` })
        document.body.append(link)
        link.click()
      },
      () => {
        const meta = Object.assign(document.createElement('meta'), { httpEquiv: 'refresh', content: `0;url=${address}/refresh` })
        document.head.append(meta)
      },
    ]
    for (const way of ways) {
      way()
      await new Promise((done) => setTimeout(done, 100))
    }
  }, elsewhere.address)
  // Playwright itself waits for a navigation that never comes.
  const left = await electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]!.webContents.executeJavaScript(
      '[location.href, document.title, document.querySelectorAll("button").length > 3]',
    ),
  )
  expect(left).toEqual(['loopscope://app/', 'Loopscope', true])
})

test('14, 15: no new window, and nothing is handed to the system', async ({ open }) => {
  const { page, electron } = await shown(await open())
  await electron.evaluate(({ shell }) => {
    const calls: string[] = []
    Object.assign(shell, {
      openExternal: async (url: string) => calls.push(url),
      openPath: async (path: string) => calls.push(path),
    })
    Object.assign(globalThis, { handedOver: calls })
  })
  await page.mouse.click(2, 2)
  const opened = await page.evaluate((address) => {
    const link = Object.assign(document.createElement('a'), { href: `${address}/link`, target: '_blank' })
    document.body.append(link)
    link.click()
    const targets = [address, 'about:blank', 'loopscope://app/', 'file:///etc/passwd', 'mailto:a@example.invalid', 'javascript:1']
    return targets.map((target) => window.open(target) !== null)
  }, elsewhere.address)
  expect(opened).toEqual(Array(6).fill(false))
  await page.waitForTimeout(300)
  expect(electron.windows()).toHaveLength(1)
  expect(await electron.evaluate(() => (globalThis as unknown as { handedOver: string[] }).handedOver)).toEqual([])
})

test('17: only our page in our window gets a line to the engine', async ({ open }) => {
  const { electron } = await shown(await open())
  const preload = resolve('out/preload/preload.cjs')
  const lines = await electron.evaluate(
    async ({ BrowserWindow }, { preload: file, pages }) => {
      const results: string[] = []
      for (const address of pages) {
        const window = new BrowserWindow({ show: false, webPreferences: { preload: file } })
        await window.loadURL(address)
        const ask = `new Promise((done) => {
          addEventListener('message', ({ data, ports }) => { if (data?.kind === 'ls:port') done('a line: ' + ports.length) })
          window.loopscope.ready()
          setTimeout(() => done('none'), 700)
        })`
        results.push(await window.webContents.executeJavaScript(ask))
        window.destroy()
      }
      return results
    },
    { preload, pages: ['data:text/html,page', 'loopscope://app/licences.html'] },
  )
  expect(lines).toEqual(['none', 'none'])
})

test('18: our scheme serves the built page and nothing beside it', async ({ open }) => {
  const { page, electron } = await shown(await open())
  const paths = [
    '/../main/desktop.cjs',
    '/..%2fmain/desktop.cjs',
    '/%2e%2e/main/desktop.cjs',
    '/%2e%2e%2fmain%2fdesktop.cjs',
    '/%252e%252e/main/desktop.cjs',
    '/..\\main\\desktop.cjs',
    '/..%5cmain%5cdesktop.cjs',
    '/assets/..%2f..%2fmain%2fdesktop.cjs',
    '/....//main/desktop.cjs',
    '//etc/passwd',
    '/%2fetc%2fpasswd',
    '/C:%5cWindows%5cwin.ini',
    '/index.html%00',
    '/%',
    '/assets',
    '/desktop.cjs',
    '/../../package.json',
  ]
  const statuses = await page.evaluate(
    (list) =>
      Promise.all(
        list.map((path) =>
          fetch(`loopscope://app${path}`).then(
            ({ status }) => `${path} ${status}`,
            () => `${path} failed`,
          ),
        ),
      ),
    paths,
  )
  expect(statuses.filter((line) => !/ (404|failed)$/.test(line))).toEqual([])
  expect(statuses.filter((line) => line.endsWith(' 404')).length).toBeGreaterThan(paths.length - 2)
  const other = await electron.evaluate(async ({ BrowserWindow }) => {
    const window = new BrowserWindow({ show: false })
    await window.loadURL('loopscope://other/index.html')
    const text: string = await window.webContents.executeJavaScript('document.body.textContent')
    window.destroy()
    return text
  })
  expect(other).toBe('Not found.\n')
  const others = await page.evaluate(() =>
    Promise.all(
      ['POST', 'PUT', 'DELETE'].map((method) => fetch('loopscope://app/', { method, body: 'x' }).then(({ status }) => status)),
    ),
  )
  expect(others).toEqual([404, 404, 404])
})

test('20: the page gets one function from Electron, and no event of its', async ({ open }) => {
  const { page } = await shown(await open())
  expect(
    await page.evaluate(() => Object.entries(window.loopscope ?? {}).map(([name, value]) => `${name}: ${typeof value}`)),
  ).toEqual(['ready: function'])
  const message = await page.evaluate(
    () =>
      new Promise<string[]>((done) => {
        window.addEventListener('message', ({ data }) => done(Object.keys(data)))
        window.loopscope?.ready()
      }),
  )
  expect(message).toEqual(['kind'])
})
