/** A page that dies again within a minute is not loaded again and again: the person is asked. */
import { expect, runButton, test } from '../support/app'
import { crash, inWindow, untilBack } from '../support/crash'
import type { OpenedApp } from '../support/launch'

const runIsShown = () => document.querySelector('header .stop:enabled') !== null

/** What was asked so far, and the answers that are given instead of the person's: 0 is the first button. */
const answerWith = ({ electron }: OpenedApp, response: number) =>
  electron!.evaluate(({ app, dialog }, given) => {
    const asked: string[] = []
    Object.assign(app, { asked })
    dialog.showMessageBox = async (...args: unknown[]) => {
      asked.push((args.at(-1) as { message: string }).message)
      return { response: given, checkboxChecked: false }
    }
  }, response)
const asked = ({ electron }: OpenedApp) => electron!.evaluate(({ app }) => (app as unknown as { asked: string[] }).asked)

async function crashTwice(app: OpenedApp): ReturnType<typeof crash> {
  await runButton(app.page).click()
  const line = await crash(app)
  await untilBack(app, line)
  await expect.poll(() => inWindow(app, runIsShown)).toBe(true)
  expect(await asked(app)).toEqual([])
  await app.electron!.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.webContents.forcefullyCrashRenderer())
  return line
}

test('and has it loaded again', async ({ open }) => {
  const app = await open(['--scenario', 'join'])
  await answerWith(app, 0)
  const line = await crashTwice(app)
  await expect.poll(() => asked(app)).toEqual(['The page has crashed again.'])
  await untilBack(app, line)
  await expect.poll(() => inWindow(app, runIsShown)).toBe(true)
  expect(await asked(app)).toHaveLength(1)
})

test('or quits', async ({ open }) => {
  const app = await open(['--scenario', 'join'])
  await answerWith(app, 1)
  let code: number | string | null = 'still runs'
  app.electron!.process().once('exit', (ended) => {
    code = ended
  })
  await crashTwice(app)
  await expect.poll(() => code, { timeout: 15_000 }).toBe(0)
})
