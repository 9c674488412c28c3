/** Entry for Electron where the command line has a picture made: one window that nobody sees, and in it the page at the address that it was given. */
import { app, BrowserWindow } from 'electron'

const address = process.env['LOOPSCOPE_PICTURE_ADDRESS'] ?? ''

app.disableHardwareAcceleration()
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
app.on('web-contents-created', (_event, contents) => {
  contents.on('will-navigate', (event) => event.preventDefault())
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  contents.on('render-process-gone', () => app.exit(1))
})
app
  .whenReady()
  .then(() => {
    // A window that is not shown would else be given no time to draw.
    const webPreferences = { sandbox: true, contextIsolation: true, nodeIntegration: false, backgroundThrottling: false }
    return new BrowserWindow({ show: false, webPreferences }).loadURL(address)
  })
  .catch((error: unknown) => {
    console.error('Loopscope: the page could not be opened:', error)
    app.exit(1)
  })
