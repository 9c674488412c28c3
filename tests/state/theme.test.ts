import { expect, test } from 'vitest'
import { forcedColours, systemDark, themeSetting } from '../../renderer/state'
import { drawnTheme, nextTheme, setUpTheme, theme } from '../../renderer/state/theme'
import { playEngine, welcome } from '../support/page'

function surroundings(systemIsDark: boolean) {
  let listen: (event: { matches: boolean }) => void = () => undefined
  const root = { dataset: {} as DOMStringMap }
  setUpTheme({
    dark: {
      matches: systemIsDark,
      addEventListener: (_: string, on: typeof listen) => (listen = on),
    } as unknown as MediaQueryList,
    forced: { matches: false, addEventListener: () => undefined } as unknown as MediaQueryList,
    root,
  })
  return { root, systemBecomes: (matches: boolean) => listen({ matches }) }
}

test('as the system, also when that changes', async () => {
  await playEngine()
  const { root, systemBecomes } = surroundings(true)
  expect(root.dataset['theme']).toBe('dark')
  systemBecomes(false)
  expect([root.dataset['theme'], systemDark.value]).toEqual(['light', false])
})

test('a choice is kept by the engine and wins over the system', async () => {
  const engine = await playEngine()
  const { root, systemBecomes } = surroundings(false)
  await engine.send(welcome({ settings: { theme: 'dark', language: 'system', speed: 1, parameters: {} } }))
  expect(root.dataset['theme']).toBe('dark')
  systemBecomes(true)
  nextTheme()
  expect(themeSetting.value).toBe('system')
  nextTheme()
  expect([theme.value, root.dataset['theme']]).toEqual(['light', 'light'])
  await engine.send()
  const changes = engine.sent().filter((command) => command.type === 'settings')
  expect(changes.map(({ change }) => change)).toEqual([{ theme: 'system' }, { theme: 'light' }])
})

test('what is on the first tag is shown before the engine has said anything', async () => {
  await playEngine()
  const none = { matches: false, addEventListener: () => undefined } as unknown as MediaQueryList
  const root = { dataset: { themeSetting: 'dark' } as DOMStringMap }
  setUpTheme({ dark: none, forced: none, root })
  expect([themeSetting.value, root.dataset['theme']]).toEqual(['dark', 'dark'])
})

test('forced colours make the charts read theirs again', () => {
  surroundings(false)
  const before = drawnTheme.value
  forcedColours.value = true
  expect(drawnTheme.value).not.toBe(before)
  forcedColours.value = false
})
