/** The file of the settings through its door: whatever bytes it holds, there are valid settings, and nothing of the bytes is lost. */
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { checkParameter } from '#protocol/parameters'
import { defaultSettings, languageSettings, type Settings, themeSettings } from '#protocol/settings'
import { scenarioFiles } from '../../electron/scenarios/index'
import { SettingsFile } from '../../electron/settings/settingsFile'

const scenarios = scenarioFiles.map(({ scenario }) => scenario)
let folder: string
let said: string[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'loopscope-settings-'))
  said = []
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const path = () => join(folder, 'settings.json')
const open = (more: { folder?: string } = {}) =>
  new SettingsFile({ folder, scenarios, keyring: null, say: (sentence) => said.push(sentence), ...more })
const settingsAfter = async (bytes: string | Uint8Array) => {
  writeFileSync(path(), bytes)
  const file = open()
  await file.close()
  return file.settings.settings
}
const asides = () => readdirSync(folder).filter((name) => /\.(damaged|newer)-/.test(name))
const whole = {
  version: 1,
  theme: 'dark',
  language: 'zh',
  speed: 12.5,
  parameters: { join: { threads: 3, sleeps: [1, 2, 3] } },
  window: { x: 10, y: 20, width: 1000, height: 700, maximized: true },
  passwords: {},
} as const
const { version: _version, window: _window, passwords: _passwords, ...wholeSettings } = whole

/** Rights do not bind root, so that a test run by root becomes nobody; the folder belongs to whoever it is. */
async function asOrdinaryUser(mode: number, run: () => Promise<void>): Promise<void> {
  const isRoot = process.geteuid?.() === 0
  const nobody = 65_534
  if (isRoot) chownSync(folder, nobody, nobody)
  chmodSync(folder, mode)
  if (isRoot) process.seteuid?.(nobody)
  try {
    await run()
  } finally {
    if (isRoot) process.seteuid?.(0)
    chmodSync(folder, 0o700)
  }
}

function expectValid(settings: Settings): void {
  expect(themeSettings).toContain(settings.theme)
  expect(languageSettings).toContain(settings.language)
  expect(settings.speed).toBeGreaterThanOrEqual(1)
  expect(settings.speed).toBeLessThanOrEqual(100)
  for (const [id, values] of Object.entries(settings.parameters)) {
    for (const [name, value] of Object.entries(values)) {
      const info = scenarios.find((scenario) => scenario.id === id)?.parameters.find((parameter) => parameter.name === name)
      if (info) expect(checkParameter(info, value).ok).toBe(true)
    }
  }
}

describe('what is kept', () => {
  test('comes back at the next start, with the window, in a file for this user alone', async () => {
    const first = open()
    expect(first.settings.settings).toEqual(defaultSettings)
    first.settings.change({ theme: 'dark', speed: 20, parameters: { join: { threads: 3 } } })
    first.settings.change({ language: 'zh', parameters: { join: { sleeps: [1, 2, 3] }, 'redis-queue': { queue: 'mine' } } })
    first.window = whole.window
    await first.close()
    expect(statSync(path()).mode & 0o777).toBe(0o600)
    const second = open()
    expect(second.settings.settings).toEqual({
      theme: 'dark',
      language: 'zh',
      speed: 20,
      parameters: { join: { threads: 3, sleeps: [1, 2, 3] }, 'redis-queue': { queue: 'mine' } },
    })
    expect(second.window).toEqual(whole.window)
    second.settings.change({ parameters: { join: null } })
    await second.close()
    expect(open().settings.settings.parameters).toEqual({ 'redis-queue': { queue: 'mine' } })
    expect([said, readdirSync(folder)]).toEqual([[], ['settings.json']])
  })

  test('is written by itself soon after the last of many changes, once', async () => {
    const file = open()
    for (let speed = 1; speed <= 100; speed++) file.settings.change({ speed })
    expect(existsSync(path())).toBe(false)
    await expect.poll(() => existsSync(path()), { timeout: 2000 }).toBe(true)
    expect(JSON.parse(readFileSync(path(), 'utf8'))).toMatchObject({ version: 1, speed: 100 })
    const { mtimeMs } = statSync(path())
    await file.close()
    expect(statSync(path()).mtimeMs).toBe(mtimeMs)
  })

  test('is whole whenever somebody looks, while it is written again and again', async () => {
    const file = open()
    for (let n = 1; n <= 40; n++) {
      file.settings.change({ parameters: { join: { sleeps: Array(1000).fill(n) } } })
      const writing = file.close()
      for (let look = 0; look < 20 && existsSync(path()); look++) {
        expect(JSON.parse(readFileSync(path(), 'utf8')).parameters.join.sleeps).toHaveLength(1000)
        await new Promise(setImmediate)
      }
      await writing
    }
    expect(readdirSync(folder)).toEqual(['settings.json'])
  })

  test('is for this user alone although a draft of an app that crashed was for others, too', async () => {
    writeFileSync(`${path()}.${process.pid}.new`, 'of one that crashed', { mode: 0o666 })
    chmodSync(`${path()}.${process.pid}.new`, 0o666)
    const file = open()
    file.settings.change({ speed: 2 })
    await file.close()
    expect(statSync(path()).mode & 0o777).toBe(0o600)
  })

  test('of scenarios and parameters that this app does not have is left for the one that has', async () => {
    const parameters = { 'not-yet': { some: [1, 2], text: 'x' }, join: { notYet: 5 } }
    expect((await settingsAfter(JSON.stringify({ ...whole, parameters }))).parameters).toEqual(parameters)
    expect([said, asides()]).toEqual([[], []])
  })
})

describe('a file that cannot be used', () => {
  const unusable: Record<string, [content: string | Uint8Array, says: string, kind: string]> = {
    'no JSON': ['{"version": 1, "theme": "da', 'it is not JSON', 'damaged'],
    empty: ['', 'it is not JSON', 'damaged'],
    'not UTF-8': [Buffer.from([...Buffer.from('{"version": 1, "language": "'), 0xff, 0x22, 0x7d]), 'it is not JSON', 'damaged'],
    'another JSON': ['[1, 2]', 'it does not hold settings', 'damaged'],
    'no version': ['{"theme": "dark"}', 'it does not hold settings', 'damaged'],
    'a version that is none': ['{"version": 0.5, "theme": "dark"}', 'it does not hold settings', 'damaged'],
    'larger than settings ever are': [Buffer.alloc(4 * 1024 * 1024 + 1, 0x20), 'it is too large', 'damaged'],
    'of a newer version': ['{"version": 2, "theme": {"name": "dark"}}', 'are of a newer Loopscope', 'newer'],
  }
  test.each(Object.entries(unusable))('%s: set aside byte for byte, said once, defaults', async (_name, [bytes, says, kind]) => {
    expect(await settingsAfter(bytes)).toEqual(defaultSettings)
    const [aside = '', ...more] = asides()
    expect(more).toEqual([])
    expect(aside).toMatch(new RegExp(`^settings\\.json\\.${kind}-\\d{4}-\\d\\d-\\d\\dT[\\d-]+\\.\\d{3}Z$`))
    expect(readFileSync(join(folder, aside)).equals(Buffer.from(bytes as Uint8Array))).toBe(true)
    expect(said).toEqual([
      expect.stringMatching(/^The settings in .*settings\.json .*: defaults are used, and the file is kept as .*\.$/),
    ])
    expect(said[0]).toContain(says)
    expect(said[0]).toContain(aside)
    const next = open()
    next.settings.change({ theme: 'light' })
    await next.close()
    expect([open().settings.settings.theme, said.length, asides().length]).toEqual(['light', 1, 1])
  })

  test('a folder in its place is set aside, too', async () => {
    mkdirSync(path())
    writeFileSync(join(path(), 'mine'), 'x')
    const file = open()
    file.settings.change({ speed: 5 })
    await file.close()
    expect(said).toEqual([expect.stringContaining('it is not a file')])
    expect(readFileSync(join(folder, asides()[0]!, 'mine'), 'utf8')).toBe('x')
    expect(open().settings.settings.speed).toBe(5)
  })

  test('two in the same moment get two names', async () => {
    for (let n = 0; n < 3; n++) await settingsAfter(`no JSON ${n}`)
    expect(asides()).toHaveLength(3)
  })
})

describe('a field that is wrong', () => {
  const password = JSON.stringify({ ...whole, passwords: { 'redis-queue': { url: 'not base64!' } } })
  test.each<[string, string, string, Partial<Settings>]>([
    ['a theme that is none', JSON.stringify({ ...whole, theme: 'blue' }), 'theme', { theme: 'system' }],
    ['a language that is none', JSON.stringify({ ...whole, language: 7 }), 'language', { language: 'system' }],
    ['speed 0', JSON.stringify({ ...whole, speed: 0 }), 'speed', { speed: 1 }],
    ['speed 1e999', JSON.stringify(whole).replace('12.5', '1e999'), 'speed', { speed: 1 }],
    ['a window without a place', JSON.stringify({ ...whole, window: { width: 5 } }), 'window', {}],
    ['a window of no size', JSON.stringify({ ...whole, window: { ...whole.window, width: -5 } }), 'window', {}],
    ['a field too many', JSON.stringify({ ...whole, colour: 'blue' }), 'colour', {}],
    ['parameters that are a list', JSON.stringify({ ...whole, parameters: [1] }), 'parameters', { parameters: {} }],
    ['values that are none', JSON.stringify({ ...whole, parameters: { join: 5 } }), 'parameters.join', { parameters: {} }],
    [
      'a value out of bounds',
      JSON.stringify({ ...whole, parameters: { join: { threads: 1e9, sleeps: [1] } } }),
      'parameters.join.threads',
      { parameters: { join: { sleeps: [1] } } },
    ],
    [
      'a name that would reach a prototype',
      JSON.stringify(whole).replace('"threads":3', '"__proto__":{"threads":3}'),
      'parameters.join.__proto__',
      { parameters: { join: { sleeps: [1, 2, 3] } } },
    ],
    ['a ciphertext that is none', password, 'passwords.redis-queue.url', {}],
  ])('%s: it alone is at its default, is named, and the file as it was is kept', async (_name, text, field, other) => {
    expect(await settingsAfter(text)).toEqual({ ...wholeSettings, ...other })
    expect(said).toEqual([expect.stringContaining(`back to the default: ${field}; the file as it was is kept as ${asides()[0]}`)])
    expect(readFileSync(join(folder, asides()[0]!), 'utf8')).toBe(text)
    // Written anew at once: the next start has nothing to say.
    expect(open().settings.settings).toEqual({ ...wholeSettings, ...other })
    expect(said).toHaveLength(1)
  })

  test('of many only the first are named', async () => {
    const fields = Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`f${n}${'x'.repeat(200)}`, n]))
    await settingsAfter(JSON.stringify({ ...whole, ...fields }))
    expect(said[0]!.length).toBeLessThan(folder.length + 700)
  })
})

describe('a place that cannot be written', () => {
  test('is said once, and what is set lasts while the app runs', async () => {
    writeFileSync(join(folder, 'file'), '')
    const file = open({ folder: join(folder, 'file') })
    for (const speed of [2, 5, 10]) {
      file.settings.change({ speed })
      await file.close()
    }
    expect(file.settings.settings.speed).toBe(10)
    expect(said).toEqual([expect.stringMatching(/^Settings cannot be written to .* \(EEXIST\): .* until Loopscope ends\.$/)])
  })

  test.each(['no JSON', JSON.stringify({ ...whole, theme: 'blue' })])(
    'a damaged file in a folder that is read-only stays untouched: %s',
    async (text) => {
      writeFileSync(path(), text)
      await asOrdinaryUser(0o500, async () => {
        const file = open()
        file.settings.change({ speed: 5 })
        await file.close()
        expect(file.settings.settings.speed).toBe(5)
      })
      expect(readdirSync(folder)).toEqual(['settings.json'])
      expect(readFileSync(path(), 'utf8')).toBe(text)
      expect(said).toEqual([expect.stringContaining('cannot be moved aside (EACCES)')])
    },
  )

  test('a file that may not be read is set aside where that is allowed', async () => {
    writeFileSync(path(), 'secret', { mode: 0o000 })
    await asOrdinaryUser(0o700, async () => expect(open().settings.settings).toEqual(defaultSettings))
    expect(said).toEqual([expect.stringContaining('cannot be read (EACCES)')])
    const aside = join(folder, asides()[0]!)
    chmodSync(aside, 0o600)
    expect(readFileSync(aside, 'utf8')).toBe('secret')
  })

  test('what is said is what went wrong first', async () => {
    mkdirSync(`${path()}.${process.pid}.new`)
    const file = open()
    file.settings.change({ speed: 5 })
    await file.close()
    expect(said).toEqual([expect.stringContaining('(EISDIR)')])
  })

  test('no draft is left when the last step fails', async () => {
    const file = open()
    mkdirSync(join(path(), 'in the way'), { recursive: true })
    file.settings.change({ speed: 5 })
    await file.close()
    expect(said).toEqual([expect.stringMatching(/^Settings cannot be written/)])
    expect(readdirSync(folder)).toEqual(['settings.json'])
  })
})

test('any bytes in the file: valid settings, and either the file or what was set aside has every byte', async () => {
  const nearly = fc
    .record(
      {
        version: fc.oneof(fc.constant(1), fc.anything()),
        theme: fc.oneof(fc.constantFrom(...themeSettings), fc.jsonValue()),
        language: fc.oneof(fc.constantFrom(...languageSettings), fc.jsonValue()),
        speed: fc.oneof(fc.double(), fc.jsonValue()),
        parameters: fc.oneof(
          fc.dictionary(
            fc.constantFrom('join', 'redis-queue', '__proto__', 'x'),
            fc.oneof(fc.dictionary(fc.constantFrom('threads', 'sleeps', 'url', 'constructor'), fc.jsonValue()), fc.jsonValue()),
          ),
          fc.jsonValue(),
        ),
        window: fc.jsonValue(),
        passwords: fc.jsonValue(),
        more: fc.jsonValue(),
      },
      { requiredKeys: [] },
    )
    .map((json) => Buffer.from(JSON.stringify(json) ?? ''))
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array)),
    fc.string({ unit: 'binary' }).map((text) => Buffer.from(text)),
    fc.jsonValue().map((json) => Buffer.from(JSON.stringify(json))),
    nearly,
    // A valid file that was cut, as by a full disk, or of which a byte was changed.
    fc.nat({ max: 300 }).map((length) => Buffer.from(JSON.stringify(whole)).subarray(0, length)),
    fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })).map(([at, byte]) => {
      const changed = Buffer.from(JSON.stringify(whole))
      changed[at % changed.length] = byte
      return changed
    }),
  )
  await fc.assert(
    fc.asyncProperty(bytes, async (content) => {
      const settings = await settingsAfter(content)
      expectValid(settings)
      const kept = ['settings.json', ...asides()].filter((name) => existsSync(join(folder, name)))
      expect(kept.some((name) => readFileSync(join(folder, name)).equals(content))).toBe(true)
      expect(said.length).toBe(asides().length)
      for (const name of readdirSync(folder)) rmSync(join(folder, name))
      said = []
    }),
    { numRuns: 600 },
  )
}, 60_000)
