import { expect, test } from 'vitest'
import { forcedColours, systemDark, themeSetting } from '../../renderer/state'
import { drawnTheme, nextTheme, setUpTheme, theme } from '../../renderer/state/theme'

function surroundings(stored: string | null, systemIsDark: boolean) {
  const kept: Record<string, string> = stored === null ? {} : { 'loopscope.theme': stored }
  let listen: (event: { matches: boolean }) => void = () => undefined
  const root = { dataset: {} as DOMStringMap }
  themeSetting.value = 'system'
  setUpTheme({
    storage: () => ({ getItem: (key) => kept[key] ?? null, setItem: (key, value) => (kept[key] = value) }),
    dark: {
      matches: systemIsDark,
      addEventListener: (_: string, on: typeof listen) => (listen = on),
    } as unknown as MediaQueryList,
    forced: { matches: false, addEventListener: () => undefined } as unknown as MediaQueryList,
    root,
  })
  return { kept, root, systemBecomes: (matches: boolean) => listen({ matches }) }
}

test('as the system, also when that changes', () => {
  const { root, systemBecomes } = surroundings(null, true)
  expect(root.dataset['theme']).toBe('dark')
  systemBecomes(false)
  expect([root.dataset['theme'], systemDark.value]).toEqual(['light', false])
})

test('a choice is kept and wins over the system', () => {
  const { root, kept, systemBecomes } = surroundings('dark', false)
  expect(root.dataset['theme']).toBe('dark')
  systemBecomes(true)
  nextTheme()
  expect([themeSetting.value, kept['loopscope.theme']]).toEqual(['system', 'system'])
  nextTheme()
  expect([theme.value, root.dataset['theme']]).toEqual(['light', 'light'])
})

test('without storage the setting lasts as long as the page', () => {
  const root = { dataset: {} as DOMStringMap }
  themeSetting.value = 'system'
  const forbidden = () => {
    throw new DOMException('denied', 'SecurityError')
  }
  const dark = { matches: false, addEventListener: () => undefined } as unknown as MediaQueryList
  setUpTheme({ storage: forbidden, dark, forced: dark, root })
  nextTheme()
  nextTheme()
  expect(root.dataset['theme']).toBe('dark')
})

test('forced colours make the charts read theirs again', () => {
  surroundings('light', false)
  const before = drawnTheme.value
  forcedColours.value = true
  expect(drawnTheme.value).not.toBe(before)
  forcedColours.value = false
})
