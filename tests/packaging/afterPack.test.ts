import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

const afterPack: (context: object) => Promise<void> = createRequire(import.meta.url)(
  '../../electron/packaging/afterPack.cjs',
).default

let appOutDir: string
beforeEach(() => {
  appOutDir = mkdtempSync(join(tmpdir(), 'loopscope-pack-'))
  mkdirSync(join(appOutDir, 'resources/app'), { recursive: true })
})
afterEach(() => rmSync(appOutDir, { recursive: true }))

const context = (version: string) => ({
  appOutDir,
  packager: { info: { framework: { version } }, addElectronFuses: vi.fn(async () => 1) },
})

test('the default app of a runtime given as a folder is left out', async () => {
  await afterPack(context('22.3.25'))
  expect(existsSync(join(appOutDir, 'resources/app'))).toBe(false)
  expect(existsSync(join(appOutDir, 'resources'))).toBe(true)
})

test.each([
  ['22.3.25', false],
  ['28.0.0', false],
  ['29.0.0', true],
  ['45.4.1', true],
])('files get the rights of any other page: %s has a fuse for it, %s', async (version, has) => {
  const given = context(version)
  await afterPack(given)
  expect(given.packager.addElectronFuses.mock.calls).toEqual(has ? [[given, { version: '1', 7: false }]] : [])
})
