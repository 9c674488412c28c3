/**
 * Given to Electron with `-r`, before the app: prints `interactive` when the first window has painted a page in which INTERACTIVE, a selector, finds
 * something, and then ends the app as a user would.
 */
const { app } = require('electron')

const script = `new Promise((resolve) => {
  const look = () => document.querySelector(${JSON.stringify(process.env.INTERACTIVE)})
    ? requestAnimationFrame(() => setTimeout(resolve))
    : requestAnimationFrame(look)
  look()
})`

app.once('web-contents-created', (_event, contents) => {
  contents.once('dom-ready', async () => {
    await contents.executeJavaScript(script)
    process.stdout.write('interactive\n', () => app.quit())
  })
})
