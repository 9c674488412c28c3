import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { withLock } from '../../electron/start/lock.mjs'
import { buildIsOld, dependenciesAreOld, sourceHash, writeStamp } from '../../electron/start/setup.mjs'

let root: string
const put = (path: string, text = '') => {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'loopscope-setup-'))
  put('package-lock.json', '1')
  put('electron/a.ts', 'a')
  put('renderer/b/c.tsx', 'c')
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

describe('dependencies', () => {
  test('are old where none are installed', () => expect(dependenciesAreOld(root)).toBe(true))

  test('installed by hand count as long as the lock file is not newer', () => {
    put('node_modules/.package-lock.json')
    expect(dependenciesAreOld(root)).toBe(false)
    const later = new Date(Date.now() + 60_000)
    utimesSync(join(root, 'package-lock.json'), later, later)
    expect(dependenciesAreOld(root)).toBe(true)
  })

  test('installed by us are old when the lock file’s content changed, whatever its time', () => {
    put('node_modules/.package-lock.json')
    put('node_modules/.cache/loopscope-dependencies', 'another')
    expect(dependenciesAreOld(root)).toBe(true)
  })
})

describe('the build', () => {
  const build = () => {
    const parts = [
      'main/desktop.cjs',
      'main/browser.cjs',
      'main/cli.cjs',
      'preload/preload.cjs',
      'renderer/index.html',
      'renderer/licences.html',
      'workers/programme.cjs',
    ]
    for (const part of parts) put(`out/${part}`)
    writeStamp(join(root, 'out/.built'), sourceHash(root))
  }

  test('is old before the first, and new after it', () => {
    expect(buildIsOld(root)).toBe(true)
    build()
    expect(buildIsOld(root)).toBe(false)
  })

  test.each(['electron/a.ts', 'renderer/b/c.tsx', 'renderer/new.tsx', 'electron.vite.config.ts', 'package-lock.json'])(
    'is old when %s changed',
    (file) => {
      build()
      put(file, 'changed')
      expect(buildIsOld(root)).toBe(true)
    },
  )

  test.each(['electron/README.md', 'electron/start/start.mjs', 'tests/x.test.ts'])('is not old when only %s changed', (file) => {
    build()
    put(file, 'changed')
    expect(buildIsOld(root)).toBe(false)
  })

  test('is new again when a change is taken back, and old when a part of it is gone', () => {
    build()
    put('electron/a.ts', 'b')
    put('electron/a.ts', 'a')
    expect(buildIsOld(root)).toBe(false)
    rmSync(join(root, 'out/workers/programme.cjs'))
    expect(buildIsOld(root)).toBe(true)
  })

  test('knows a renamed file from an unchanged one', () => {
    const before = sourceHash(root)
    rmSync(join(root, 'electron/a.ts'))
    put('electron/b.ts', 'a')
    expect(sourceHash(root)).not.toBe(before)
  })
})

describe('the lock', () => {
  const lock = () => join(root, 'lock')

  test('lets one in at a time', async () => {
    let inside = 0
    const work = async () => {
      expect(++inside).toBe(1)
      await new Promise((resolve) => setTimeout(resolve, 20))
      inside--
    }
    await Promise.all([withLock(lock(), work), withLock(lock(), work), withLock(lock(), work)])
  })

  test('of a dead process is taken over', async () => {
    // No process has this number: it is above every system's limit.
    writeFileSync(lock(), '999999999')
    expect(await withLock(lock(), async () => 'in')).toBe('in')
  })

  test('is given back after an error', async () => {
    await expect(withLock(lock(), () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect(await withLock(lock(), async () => 'in')).toBe('in')
  })
})
