/**
 * A page that sends the desktop app rubbish, over the port that it was given: each message is refused, answered and counted, a flood ends the line,
 * and the programme that runs meanwhile is on the page whole when the page has a line again. `npm run test:long` sends 100,000.
 */
import type { Page } from 'playwright/test'
import { expect, runButton, test } from '../support/app'
import { wrongMessages } from '../support/wrongMessages'

const total = process.env['LOOPSCOPE_LONG'] ? 100_000 : 5000
/** A thousand refusals would close a line. */
const perLine = 900
const threads = total > 10_000 ? 60 : 8
test.setTimeout(60_000 + total * 3)

/** Sends all of them, a line for each part; resolves with how many were answered with a refusal. */
const sendAll = (page: Page, messages: readonly unknown[]) =>
  page.evaluate(
    async ({ texts, size }) => {
      const circle: unknown[] = []
      circle.push(circle)
      // What JSON cannot say.
      const others: (() => [unknown, Transferable[]?])[] = [
        () => [undefined],
        () => [10n ** 30n],
        () => [new Map([[{ type: 'attach' }, 1]])],
        () => [new Set(['attach'])],
        () => [circle],
        () => [new Date(Number.NaN)],
        () => [/attach/g],
        () => [new Error('attach')],
        () => [new Float64Array(1000)],
        () => [{ type: 'ack', sequence: Number.NaN }],
        () => [{ type: 'start', scenarios: [{ scenario: 'join', parameters: {} }], speed: Number.NaN }],
        () => [{ type: 'stop', runs: new Uint8Array([1]) }],
        () => ['x'.repeat(1_000_000)],
        () => ['attach'],
        () => {
          const buffer = new ArrayBuffer(64)
          return [{ type: 'attach', buffer }, [buffer]]
        },
        () => {
          const { port1 } = new MessageChannel()
          return [{ type: 'nothing', port1 }, [port1]]
        },
      ]
      const nextLine = () =>
        new Promise<MessagePort>((done) => {
          const take = ({ data, ports }: MessageEvent) => {
            if (data?.kind !== 'ls:port') return
            window.removeEventListener('message', take)
            done(ports[0]!)
          }
          window.addEventListener('message', take)
          window.loopscope?.ready()
        })
      let answers = 0
      for (let at = 0; at < texts.length; at += size) {
        const line = await nextLine()
        const part = texts.slice(at, at + size)
        const before = answers
        line.addEventListener('message', ({ data }) => {
          if (data?.type === 'refused') answers++
        })
        for (const [n, text] of part.entries()) {
          const [message, transfer] = n % 10 === 0 ? others[(n / 10) % others.length]!() : [JSON.parse(text)]
          line.postMessage(message, transfer ?? [])
        }
        const late = performance.now() + 20_000
        while (answers < before + part.length && performance.now() < late) await new Promise((done) => setTimeout(done, 5))
      }
      return answers
    },
    { texts: messages.map((message) => JSON.stringify(message)), size: perLine },
  )

/** Thousands at once on one line, wrong ones or right ones; resolves with the last sentence that came. */
const flood = (page: Page, message: object) =>
  page.evaluate(
    (one) =>
      new Promise<string>((done) => {
        window.addEventListener(
          'message',
          ({ ports }) => {
            let last = ''
            ports[0]!.addEventListener('message', ({ data }) => {
              if (data?.type === 'refused') last = data.problem.en
            })
            for (let n = 0; n < 10_000; n++) ports[0]!.postMessage(one)
            setTimeout(() => done(last), 2000)
          },
          { once: true },
        )
        window.loopscope?.ready()
      }),
    message,
  )

test(`${total} wrong messages and two floods over the port, and the run is whole`, async ({ open }) => {
  const programme = ['--scenario', 'join', '--set', `threads=${threads}`, '--set', 'sleeps=0.5,0.5']
  const { page, quit, said } = await open(programme)
  await runButton(page).click()
  await expect(page.getByRole('row', { name: /^thread-1 / })).toBeVisible({ timeout: 30_000 })
  expect(await sendAll(page, wrongMessages(total, 7))).toBe(total)
  for (const message of [{ type: 'nothing' }, { type: 'visible', visible: true }]) {
    expect(await flood(page, message)).toMatch(/^This page’s line was closed: too many/)
  }
  // As after any reload: the page has nothing, and gets everything.
  await page.evaluate(() => window.loopscope?.ready())
  await expect(page.getByRole('banner').getByRole('button', { name: /^Run again/ })).toBeEnabled({ timeout: threads * 1500 })
  for (let n = 1; n <= threads; n++)
    await expect(page.getByRole('row', { name: new RegExp(`^thread-${n} `) })).toContainText('finished')
  await quit()
  const counted = Number(/Loopscope: ([\d,]+) messages of pages were refused\./.exec(said())?.[1]?.replaceAll(',', ''))
  expect(counted).toBeGreaterThanOrEqual(total + 1000)
  expect(counted).toBeLessThan(total + 4000)
  expect(said().match(/the line of the page was closed: too many messages/g)).toHaveLength(2)
})
