/** The least that an app in Electron is: one window, of our size, with nothing in it. */
const { app, BrowserWindow } = require('electron')

app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1440, height: 900, show: false })
  window.once('ready-to-show', () => window.show())
  window.loadURL('data:text/html,<title>blank</title>')
})
