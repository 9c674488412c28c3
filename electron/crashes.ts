/** What happens when the process of the page dies: the runs go on, the page is loaded again, and where that does not help the person decides. */
import { app, type BrowserWindow, dialog } from 'electron'
import type { LocalText } from '#protocol/catalogue'
import type { LanguageSetting } from '#protocol/settings'

/** A page that dies twice within this time would go on like that for ever. */
const calmMillis = 60_000

/** The page shows it when it is back. */
export const pageIsBack: LocalText = {
  en: 'The page had crashed and was loaded again. Programmes that were running went on; nothing of them is lost.',
  zh: '页面曾经崩溃，已重新加载。正在运行的程序没有中断，记录完整无缺。',
}

const question = {
  message: { en: 'The page has crashed again.', zh: '页面再次崩溃。' },
  detail: {
    en: 'It was loaded again less than a minute ago. Programmes that are running go on meanwhile; quitting ends them.',
    zh: '不到一分钟前刚刚重新加载过。正在运行的程序不受影响；退出则会结束它们。',
  },
  load: { en: 'Load again', zh: '重新加载' },
  quit: { en: 'Quit', zh: '退出' },
} satisfies Record<string, LocalText>

/** `reload` is called for each crash after which the page is to be loaded. */
export function setUpCrashes(window: BrowserWindow, language: () => LanguageSetting, reload: () => void): void {
  let last = Number.NEGATIVE_INFINITY
  const loadAgain = () => {
    last = performance.now()
    reload()
  }
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (window.isDestroyed()) return
    console.error(`Loopscope: the page’s process has ended: ${reason}, code ${exitCode}.`)
    // Not while Electron still tells of the end: the next process would be taken for the one that died.
    if (performance.now() - last > calmMillis) setImmediate(loadAgain)
    else void ask(window, language()).then((again) => (again ? loadAgain() : app.quit()))
  })
}

/** Whether the page is to be loaded again. */
async function ask(window: BrowserWindow, language: LanguageSetting): Promise<boolean> {
  const chinese = (language === 'system' ? app.getLocale() : language).startsWith('zh')
  const text = (of: LocalText) => (chinese ? of.zh : of.en)
  const { response } = await dialog.showMessageBox(window, {
    type: 'error',
    message: text(question.message),
    detail: text(question.detail),
    buttons: [text(question.load), text(question.quit)],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  })
  return response === 0
}
