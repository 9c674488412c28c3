/** Picks the host, joins it with the state and mounts the page. No logic. */
import { render } from 'preact'
import { connect, pickHost } from './host/connect'
import { App } from './panels/App'
import { onWindowKey } from './panels/keys'
import { setViewport } from './state/actions'
import { firstDrawing } from './state/firstDrawing'
import { setUpLanguage } from './state/language'
import { setUpTheme } from './state/theme'
import './style/index.css'

setUpTheme({
  dark: window.matchMedia('(prefers-color-scheme: dark)'),
  forced: window.matchMedia('(forced-colors: active)'),
  root: document.documentElement,
})
setUpLanguage({
  browser: () => window.navigator.language,
  onChange: (listener) => window.addEventListener('languagechange', listener),
  root: document.documentElement,
})
const measure = () => setViewport(window.innerWidth, window.innerHeight)
window.addEventListener('resize', measure)
measure()
window.addEventListener('keydown', onWindowKey)
connect(pickHost(window), document)
await firstDrawing()
render(<App />, document.getElementById('page')!)
