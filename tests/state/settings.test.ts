import { beforeEach, describe, expect, test } from 'vitest'
import type { EngineCommand, EngineEvent } from '../../electron/protocol/messages'
import type { ParameterInfo } from '../../electron/protocol/parameters'
import { defaultSettings, type SettingsChange } from '../../electron/protocol/settings'
import { locale } from '../../renderer/locales'
import * as state from '../../renderer/state'
import {
  chooseLocale,
  chooseSpeed,
  keepParameter,
  nextThemeSetting,
  resetParameters,
  setParameter,
} from '../../renderer/state/actions'
import { localeFor, setUpLanguage } from '../../renderer/state/language'
import { fieldsOf, isReset } from '../../renderer/state/parameters'
import { type PlayedEngine, playEngine, scenario, welcome } from '../support/page'

const durations: ParameterInfo = { name: 'durations', kind: 'secondsList', default: [6, 3], min: 0, max: 60 }
const url: ParameterInfo = { name: 'url', kind: 'url', default: 'redis://h' }
const programme = scenario('sync-scheduling', { parameters: [durations, url] })
const shown = () => fieldsOf(programme).map(({ text }) => text)
const isChange = (command: EngineCommand) => command.type === 'settings'

let engine: PlayedEngine
const changes = async () => {
  await engine.send()
  return engine
    .sent()
    .filter(isChange)
    .map((command) => (command as Extract<EngineCommand, { type: 'settings' }>).change)
}
const tell = (change: SettingsChange): Promise<void> => engine.send({ type: 'settings', change } satisfies EngineEvent)
const type = (info: ParameterInfo, text: string) => setParameter(programme.id, info.name, text)
const leave = (info: ParameterInfo) => keepParameter(programme, info)

beforeEach(async () => {
  engine = await playEngine()
})

test('the welcome brings the last values; what it does not name is at its default', async () => {
  const parameters = { 'sync-scheduling': { durations: [1, 0.5] }, 'not-yet': { a: 1 } }
  await engine.send(welcome({ settings: { theme: 'dark', language: 'en', speed: 12.5, parameters } }))
  expect(shown()).toEqual(['1, 0.5', 'redis://h'])
  expect([state.speed.value, state.themeSetting.value, state.languageSetting.value]).toEqual([12.5, 'dark', 'en'])
  expect(isReset(programme)).toBe(false)
  await engine.send(welcome())
  expect([isReset(programme), state.speed.value, state.themeSetting.value]).toEqual([true, 1, 'system'])
})

test('a field that is left is kept, written as values are; one that is wrong keeps its sentence and nothing is sent', async () => {
  await engine.send(welcome())
  type(durations, ' [4,.5 ]')
  expect(await changes()).toEqual([])
  leave(durations)
  expect(shown()[0]).toBe('4, 0.5')
  type(durations, '4, x')
  leave(durations)
  expect(fieldsOf(programme)[0]).toMatchObject({ text: '4, x', problem: { en: expect.stringContaining('“4, x” is not a list') } })
  expect(await changes()).toEqual([{ parameters: { 'sync-scheduling': { durations: [4, 0.5] } } }])
})

test('a password is sent once and not seen again', async () => {
  await engine.send(welcome())
  type(url, 'redis://me:secret@h')
  leave(url)
  expect(shown()[1]).toBe('redis://me:…@h')
  expect(JSON.stringify([state.typed.value, state.lastValues.value])).not.toContain('secret')
  expect(await changes()).toEqual([{ parameters: { 'sync-scheduling': { url: 'redis://me:secret@h' } } }])
})

test('Reset is offered where a field differs from its default, also while it is wrong, and puts back all', async () => {
  await engine.send(welcome())
  expect(isReset(programme)).toBe(true)
  type(durations, 'x')
  expect(isReset(programme)).toBe(false)
  type(url, 'redis://other')
  leave(url)
  resetParameters(programme)
  expect([isReset(programme), shown()]).toEqual([true, ['6, 3', 'redis://h']])
  expect((await changes()).at(-1)).toEqual({ parameters: { 'sync-scheduling': null } })
})

test('what another page set is taken over; what is being typed stays unless its own value changed', async () => {
  await engine.send(welcome())
  type(durations, '7, ')
  await tell({ theme: 'dark', speed: 50, parameters: { 'sync-scheduling': { url: 'redis://other' } } })
  expect([shown(), state.themeSetting.value, state.speed.value]).toEqual([['7, ', 'redis://other'], 'dark', 50])
  await tell({ parameters: { 'sync-scheduling': { durations: [1] } } })
  expect(shown()[0]).toBe('1')
  type(durations, '1, 2')
  await tell({ parameters: { 'sync-scheduling': { durations: [1] } } })
  expect(shown()[0]).toBe('1, 2')
  await tell({ parameters: { 'sync-scheduling': null } })
  expect(shown()).toEqual(['6, 3', 'redis://h'])
  expect(await changes()).toEqual([])
})

test('what was set while the engine was away is told when it is back, in order', async () => {
  nextThemeSetting()
  await engine.send(welcome())
  engine.say({ phase: 'lost', attempt: 1, nextAttemptAt: 0 })
  chooseSpeed(20)
  resetParameters(programme)
  type(durations, '2')
  leave(durations)
  expect(state.speed.value).toBe(20)
  engine.say({ phase: 'connected' })
  const before = {
    ...defaultSettings,
    theme: 'light',
    parameters: { 'sync-scheduling': { durations: [9], url: 'redis://x' } },
  } as const
  await engine.send(welcome({ settings: before }))
  expect([shown(), state.themeSetting.value, state.speed.value]).toEqual([['2', 'redis://h'], 'light', 20])
  expect(await changes()).toEqual([
    { theme: 'light' },
    { speed: 20 },
    { parameters: { 'sync-scheduling': null } },
    { parameters: { 'sync-scheduling': { durations: [2] } } },
  ])
  await engine.send(welcome({ settings: before }))
  expect((await changes()).length).toBe(4)
})

describe('the language', () => {
  /** A page on a browser that speaks `browser`; `becomes` changes that. */
  function speak(browser: string, served?: string) {
    const root = { lang: '', dataset: (served === undefined ? {} : { languageSetting: served }) as DOMStringMap }
    let changed: () => void = () => undefined
    setUpLanguage({ browser: () => browser, onChange: (listener) => (changed = listener), root })
    const becomes = (next: string) => {
      browser = next
      changed()
    }
    return { root, becomes }
  }

  test.each([
    ['en', 'zh-CN', 'en'],
    ['zh', 'en', 'zh'],
    ['system', 'zh-Hant-TW', 'zh'],
    ['system', 'en-GB', 'en'],
    ['system', 'fr', 'en'],
    ['system', 'constructor', 'en'],
  ] as const)('set to %s on a browser in %s: %s', (setting, browser, shown) => expect(localeFor(setting, browser)).toBe(shown))

  test('is on the first tag before the engine says anything, and follows the browser while nothing is chosen', async () => {
    const { root, becomes } = speak('zh-CN', 'en')
    expect([state.languageSetting.value, locale.value, root.lang]).toEqual(['en', 'en', 'en'])
    await engine.send(welcome())
    expect([locale.value, root.lang]).toEqual(['zh', 'zh'])
    becomes('fr-CH')
    expect(root.lang).toBe('en')
  })

  test('the switch goes to the other one, and back to what the system says', async () => {
    await engine.send(welcome())
    const { root } = speak('en-GB')
    chooseLocale('zh')
    expect([state.languageSetting.value, root.lang]).toEqual(['zh', 'zh'])
    await engine.send({ type: 'notice', text: { en: 'Look here.', zh: '看这里。' } })
    expect(state.notices.value.map(({ say }) => say())).toEqual(['看这里。'])
    chooseLocale('en')
    expect(state.notices.value.map(({ say }) => say())).toEqual(['Look here.'])
    expect([state.languageSetting.value, root.lang]).toEqual(['system', 'en'])
    expect(await changes()).toEqual([{ language: 'zh' }, { language: 'system' }])
  })
})
