import { afterEach, expect, test } from 'vitest'
import type { EngineCommand, EngineEvent } from '#protocol/messages'
import { defaultSettings } from '#protocol/settings'
import { memoryPair } from '../../electron/channels/memory'
import { KeptSettings, memorySettings } from '../../electron/settings/keptSettings'
import { type EnginePage, engineWithPage } from '../support/enginePage'
import { pause, until } from '../support/until'

let page: EnginePage
afterEach(() => page.engine.close())

const open = (options: Partial<Parameters<typeof engineWithPage>[0]> = {}) => {
  page = engineWithPage({ dataDir: 'node_modules/.cache/tests/data', ...options })
}
const of = <K extends EngineEvent['type']>(type: K, events = page.events) =>
  events.filter((event): event is Extract<EngineEvent, { type: K }> => event.type === type)
/** A second page of the same engine. */
function another(): { readonly events: EngineEvent[]; send(command: EngineCommand): void } {
  const [end, host] = memoryPair<EngineEvent | Uint8Array, unknown>()
  const events: EngineEvent[] = []
  page.engine.attach(host)
  end.onMessage((message) => {
    if (!(message instanceof Uint8Array)) events.push(message)
  })
  end.send({ type: 'attach' })
  return { events, send: (command) => end.send(command) }
}

test('every page is told of a change, as pages may see it; a later page is welcomed with it', async () => {
  const settings = memorySettings({ ...defaultSettings, language: 'zh' })
  open({ settings })
  const second = another()
  const parameters = { 'redis-queue': { url: 'redis://me:secret@h', queue: 'mine' }, join: null }
  page.send({ type: 'settings', change: { theme: 'dark', parameters } })
  const told = { theme: 'dark', parameters: { 'redis-queue': { url: 'redis://me:…@h', queue: 'mine' }, join: null } }
  await until(() => of('settings').length + of('settings', second.events).length === 2, 'both')
  expect([...of('settings'), ...of('settings', second.events)].map(({ change }) => change)).toEqual([told, told])
  const third = another()
  await until(() => third.events.length > 0, 'the welcome')
  expect(of('welcome', third.events)[0]?.settings).toEqual({
    theme: 'dark',
    language: 'zh',
    speed: 1,
    parameters: { 'redis-queue': { url: 'redis://me:…@h', queue: 'mine' } },
  })
  expect(settings.withPasswords('redis-queue')['url']).toBe('redis://me:secret@h')
})

test.each<[string, unknown, RegExp]>([
  ['a scenario that is none', { parameters: { nope: { a: 1 } } }, /^There is no scenario “nope”; there are threads/],
  ['a parameter that is none', { parameters: { join: { many: 1 } } }, /^join has no parameter “many”; it has threads/],
  ['a value out of bounds', { parameters: { join: { threads: 65 } } }, /^join, threads: “65” is not a whole number from 1 to/],
  ['a value of another kind', { parameters: { join: { sleeps: 'x' } } }, /^join, sleeps: “"x"” is not a list/],
  ['a speed out of bounds', { speed: 0 }, /^speed: 0 is not a number from 1 to 100\.$/],
  ['a theme that is none', { theme: 'blue' }, /^Command field “change\.theme”/],
  ['a language that is none', { language: 'fr' }, /^Command field “change\.language”/],
  ['a name of our own making', { window: null }, /^Command field “change/],
])('%s is refused in one sentence and changes nothing', async (_name, change, sentence) => {
  const settings = memorySettings()
  open({ settings })
  page.send({ type: 'settings', change } as EngineCommand)
  await until(() => of('refused').length > 0, 'the refusal')
  const { en, zh } = of('refused')[0]!.problem
  expect(en).toMatch(sentence)
  // A command of another shape is a page's own fault, and in the words of who mends it.
  if (en.startsWith('Command')) expect(zh).toBe(en)
  else expect(zh).toMatch(/\p{Script=Han}.*。$/u)
  expect(settings.settings).toEqual(defaultSettings)
  expect(of('settings')).toEqual([])
})

test('what is started is what was set last, whoever starts it; what stays the same is not told', async () => {
  const settings = memorySettings()
  open({ settings })
  const parameters = { threads: 2, sleeps: [0, 0] }
  const start: EngineCommand = { type: 'start', scenarios: [{ scenario: 'join', parameters }], speed: 100 }
  page.send(start)
  await until(() => of('settings').length > 0, 'the change')
  expect(of('settings')[0]?.change).toEqual({ speed: 100, parameters: { join: parameters } })
  expect(settings.settings).toMatchObject({ speed: 100, parameters: { join: parameters } })
  await until(() => of('run').at(-1)?.run.phase === 'finished', 'its end')
  page.send(start)
  await until(() => of('run').filter(({ run }) => run.phase === 'finished').length >= 2, 'the second end')
  expect(of('settings')).toHaveLength(1)
  page.send({ type: 'start', scenarios: [{ scenario: 'join', parameters: { threads: 65 } }], speed: 1 })
  await until(() => of('refused').length > 0, 'the refusal')
  expect(settings.settings.speed).toBe(100)
})

test('a contrast lends its values to all and is remembered of none', async () => {
  const settings = memorySettings({ ...defaultSettings, parameters: { join: { threads: 3, sleeps: [1] } } })
  open({ settings })
  const lent = { threads: 2, sleeps: [0] }
  page.send({ type: 'start', scenarios: ['threads', 'join'].map((scenario) => ({ scenario, parameters: lent })), speed: 100 })
  await until(() => of('settings').length > 0, 'the change')
  expect(of('settings')[0]?.change).toEqual({ speed: 100, parameters: {} })
  expect(settings.settings.parameters).toEqual({ join: { threads: 3, sleeps: [1] } })
})

test('what is opened is set, and the rest is as it was last', async () => {
  const settings = memorySettings({ ...defaultSettings, speed: 20, parameters: { join: { threads: 3, sleeps: [1, 1, 1] } } })
  open({ settings, open: { scenario: 'join', parameters: { threads: 2 }, speed: null } })
  await until(() => page.events.length > 0, 'the welcome')
  expect(of('welcome')[0]).toMatchObject({
    open: 'join',
    settings: { speed: 20, parameters: { join: { threads: 2, sleeps: [1, 1, 1] } } },
  })
})

test('a notice reaches the first page that comes, or all that are there, once', async () => {
  const settings = new KeptSettings({ settings: defaultSettings, passwords: {} }, null)
  settings.say({ en: 'early', zh: '早' })
  open({ settings })
  await until(() => of('notice').length > 0, 'the early one')
  const second = another()
  await until(() => second.events.length > 0, 'its welcome')
  for (let n = 0; n < 3; n++) settings.say({ en: 'late', zh: '晚' })
  page.send({ type: 'attach' })
  await until(() => of('notice', second.events).length > 0, 'the late one')
  await pause(50)
  expect([of('notice').map(({ text }) => text.en), of('notice', second.events).map(({ text }) => text.en)]).toEqual([
    ['early', 'late'],
    ['late'],
  ])
})
