import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { executableName, findElectron, hasDisplay, probe, workingElectron } from '../../electron/start/electron.mjs'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'loopscope-find-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

/** A program that prints what a runtime prints when it is asked for its version. */
function fakeElectron(folder: string, script: string): string {
  mkdirSync(folder, { recursive: true })
  const file = join(folder, executableName)
  mkdirSync(join(file, '..'), { recursive: true })
  writeFileSync(file, `#!/bin/sh\n${script}\n`)
  chmodSync(file, 0o755)
  return file
}

function installPackage(pathText?: string): string {
  const folder = join(root, 'node_modules/electron')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{"name":"electron","version":"45.4.1"}')
  if (pathText) writeFileSync(join(folder, 'path.txt'), pathText)
  return folder
}

describe('where the runtime is looked for', () => {
  test('the places that the user names, in their order, before npm’s package', () => {
    const own = fakeElectron(join(root, 'own'), '')
    const given = fakeElectron(join(root, 'given'), '')
    fakeElectron(join(installPackage(), 'dist'), '')
    const env = { LOOPSCOPE_ELECTRON: own, ELECTRON_OVERRIDE_DIST_PATH: join(root, 'given') }
    expect(findElectron(root, env)).toMatchObject({ path: own, given: true })
    expect(findElectron(root, { ELECTRON_OVERRIDE_DIST_PATH: join(root, 'given') })).toMatchObject({ path: given, given: true })
    expect(findElectron(root, { ELECTRON_EXEC_PATH: own })).toMatchObject({ path: own })
  })

  test('a folder will do where a program is asked for', () => {
    const own = fakeElectron(join(root, 'own'), '')
    expect(findElectron(root, { LOOPSCOPE_ELECTRON: join(root, 'own') }).path).toBe(own)
  })

  test('a named place that is empty is no reason to take another', () => {
    fakeElectron(join(installPackage(), 'dist'), '')
    const found = findElectron(root, { ELECTRON_OVERRIDE_DIST_PATH: join(root, 'nothing') })
    expect(found.path).toBeUndefined()
    expect(found.tried).toContain('ELECTRON_OVERRIDE_DIST_PATH')
    expect(found.tried).toContain('(not there)')
  })

  test('npm’s package, by its own note of the name', () => {
    const file = fakeElectron(join(installPackage(executableName), 'dist'), '')
    expect(findElectron(root, {})).toMatchObject({ path: file, given: false })
  })

  test('npm’s package without its download', () => {
    installPackage()
    expect(findElectron(root, {}).path).toBeUndefined()
    expect(findElectron(root, {}).tried).toContain('(not there)')
  })

  test('no package at all', () => expect(findElectron(root, {}).tried).toContain('not installed'))
})

describe.skipIf(process.platform === 'win32')('whether it works', () => {
  test.each([
    ['echo 22.3.25', { ok: true, version: '22.3.25' }],
    ['echo noise; echo 45.4.1', { ok: true, version: '45.4.1' }],
    ['echo 21.0.0', { ok: false, why: 'it is Electron 21.0.0, older than 22' }],
    ['echo undefined', { ok: false, why: 'it is no Electron' }],
    ['exit 3', { ok: false, why: 'it ended with 3' }],
    [
      'echo "electron: error while loading shared libraries: libnss3.so: cannot open" >&2; exit 127',
      { ok: false, why: 'error while loading shared libraries: libnss3.so:' },
    ],
  ])('%s', (script, expected) => expect(probe(fakeElectron(root, script))).toEqual(expected))

  test('what does not work is told with its reason', () => {
    fakeElectron(join(root, 'given'), 'exit 3')
    const found = workingElectron(root, { ELECTRON_OVERRIDE_DIST_PATH: join(root, 'given') })
    expect(found.path).toBeUndefined()
    expect(found.tried).toContain('(it ended with 3)')
  })
})

test.runIf(process.platform === 'linux')('a display, of either kind', () => {
  expect(hasDisplay({})).toBe(false)
  expect(hasDisplay({ DISPLAY: ':0' })).toBe(true)
  expect(hasDisplay({ WAYLAND_DISPLAY: 'wayland-0' })).toBe(true)
})
