/** What `npm ci` brings is exactly what was looked at, and runs nothing while it is installed. */
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

interface Locked {
  readonly version?: string
  readonly resolved?: string
  readonly integrity?: string
  readonly hasInstallScript?: boolean
  readonly devDependencies?: Readonly<Record<string, string>>
}

/** Package → why its script may stand in the tree. None is ever run: package.json's `allowScripts` says no to each. */
const installScripts: Readonly<Record<string, string>> = {
  'electron-winstaller': 'electron-builder’s maker of Squirrel installers, which we do not make',
}

const manifest: Readonly<Record<string, Readonly<Record<string, string | boolean>>>> = JSON.parse(
  readFileSync('package.json', 'utf8'),
)
const lock: { packages: Readonly<Record<string, Locked>> } = JSON.parse(readFileSync('package-lock.json', 'utf8'))
const groups = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies', 'overrides'] as const
const wanted = groups.flatMap((group) => Object.entries(manifest[group] ?? {}))
const locked = Object.entries(lock.packages).filter(([path]) => path !== '')
const nameOf = (path: string) => path.replace(/^.*node_modules\//, '')

describe('dependencies', () => {
  test('each is one exact version', () => {
    expect(wanted.length).toBeGreaterThan(10)
    expect(wanted.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(String(version)))).toEqual([])
  })

  test('the lock file has these and no other versions', () => {
    expect(lock.packages['']?.devDependencies).toEqual(manifest['devDependencies'])
    const others = wanted.filter(([name, version]) => lock.packages[`node_modules/${name}`]?.version !== version)
    expect(others).toEqual([])
  })

  test('each comes with the hash of its content, from the registry that npm is set to', () => {
    expect(locked.filter(([, { integrity }]) => !integrity?.startsWith('sha512-')).map(([path]) => path)).toEqual([])
    expect(locked.filter(([, { resolved }]) => resolved !== undefined).map(([path]) => path)).toEqual([])
  })

  test('none runs a script when it is installed', () => {
    const scripted = locked.filter(([, { hasInstallScript }]) => hasInstallScript === true).map(([path]) => nameOf(path))
    expect(scripted.sort()).toEqual(Object.keys(installScripts).sort())
    expect(manifest['allowScripts']).toEqual(Object.fromEntries(Object.keys(installScripts).map((name) => [name, false])))
  })

  test('none that is part of the product has one', () => {
    const file = 'out/licences.json'
    const shipped: { name: string }[] = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : []
    expect(shipped.filter(({ name }) => name in installScripts)).toEqual([])
    expect(manifest['dependencies']).toBeUndefined()
  })
})
