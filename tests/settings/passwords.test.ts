/** Passwords of addresses between the page, the keyring and the file. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { scenarioFiles } from '../../electron/scenarios/index'
import type { Keyring } from '../../electron/settings/passwords'
import { SettingsFile } from '../../electron/settings/settingsFile'
import { holdsPassword, typedPassword } from '../support/password'

const address = `redis://me:${typedPassword}@127.0.0.1:6379`
const shown = 'redis://me:…@127.0.0.1:6379'

/** As a system's: what it encrypts nobody else can read. `asked` counts how often it was asked for anything. */
function keyringOf(secret = randomBytes(16)): Keyring & { asked: number } {
  return {
    asked: 0,
    isAvailable() {
      this.asked++
      return true
    },
    encrypt(text) {
      const start = randomBytes(16)
      const cipher = createCipheriv('aes-128-ctr', secret, start)
      return Buffer.concat([start, cipher.update(text), cipher.final()])
    },
    decrypt(bytes) {
      const decipher = createDecipheriv('aes-128-ctr', secret, bytes.subarray(0, 16))
      return Buffer.concat([decipher.update(bytes.subarray(16)), decipher.final()]).toString()
    },
  }
}
const broken = (): never => {
  throw new Error(`cannot handle ${address}`)
}

let folder: string
let said: string[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'loopscope-passwords-'))
  said = []
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const open = (keyring: Keyring | null) =>
  new SettingsFile({ folder, scenarios: scenarioFiles.map(({ scenario }) => scenario), keyring, say: (one) => said.push(one) })
const written = () => JSON.parse(readFileSync(join(folder, 'settings.json'), 'utf8'))
const expectNoPassword = () => {
  const files = readdirSync(folder).map((name) => readFileSync(join(folder, name)))
  expect([...files, Buffer.from(said.join())].filter(holdsPassword).map(String)).toEqual([])
}
async function keep(keyring: Keyring | null, url = address) {
  const file = open(keyring)
  file.settings.change({ parameters: { 'redis-queue': { url, queue: 'mine' } } })
  await file.close()
  return file.settings
}

describe('with a keyring', () => {
  test('the file holds ciphertext, and the next start has the password again; pages never see it', async () => {
    const keyring = keyringOf()
    await keep(keyring)
    expect(written()).toMatchObject({
      parameters: { 'redis-queue': { url: shown } },
      passwords: { 'redis-queue': { url: expect.stringMatching(/^[\w+/]{40,}=*$/) } },
    })
    expectNoPassword()
    const { settings } = open(keyring)
    expect(settings.settings.parameters).toEqual({ 'redis-queue': { url: shown, queue: 'mine' } })
    expect(settings.withPasswords('redis-queue')).toEqual({ url: address, queue: 'mine' })
    expect(said).toEqual([])
  })

  test('it is asked only when there is a password to be kept or needed', async () => {
    const keyring = keyringOf()
    const settings = await keep(keyring, 'redis://127.0.0.1')
    settings.change({ theme: 'dark', parameters: { join: { threads: 2 } } })
    expect([settings.withPasswords('redis-queue')['url'], keyring.asked]).toEqual(['redis://127.0.0.1', 0])
    const again = await keep(keyring)
    again.change({ parameters: { 'redis-queue': { url: address } } })
    const later = keyringOf()
    open(later).settings.change({ speed: 5 })
    expect([keyring.asked, later.asked]).toEqual([1, 0])
  })

  test('another address, a reset, and the address without a password let it go', async () => {
    const keyring = keyringOf()
    for (const change of [{ url: 'redis://127.0.0.1:6379' }, { url: 'redis://me:…@elsewhere:6379' }, null]) {
      const settings = await keep(keyring)
      const file = open(keyring)
      file.settings.change({ parameters: { 'redis-queue': change } })
      await file.close()
      expect(written().passwords).toEqual({})
      settings.change({ parameters: { 'redis-queue': change } })
      expect(JSON.stringify(settings.withPasswords('redis-queue'))).not.toContain('Zwiebel')
    }
  })

  test('another value of the programme, or the address as pages see it, keeps it', async () => {
    const settings = await keep(keyringOf())
    settings.change({ parameters: { 'redis-queue': { queue: 'yours' } } })
    settings.change({ parameters: { 'redis-queue': { url: shown } } })
    expect(settings.withPasswords('redis-queue')).toEqual({ url: address, queue: 'yours' })
  })

  test.each<[string, Keyring | null]>([
    ['of another user', keyringOf()],
    ['that is locked', { ...keyringOf(), decrypt: broken }],
    ['that is gone', null],
  ])('with one %s the address stays without its password, and the ciphertext is kept', async (_name, other) => {
    await keep(keyringOf())
    const before = written().passwords
    const file = open(other)
    expect(file.settings.withPasswords('redis-queue')['url']).toBe(shown)
    file.settings.change({ speed: 5 })
    await file.close()
    expect(written()).toMatchObject({ speed: 5, passwords: before })
    expectNoPassword()
  })
})

describe('without a keyring', () => {
  test.each<[string, Keyring | null]>([
    ['a host that has none', null],
    ['a system that has none', { ...keyringOf(), isAvailable: () => false }],
    ['one that fails', { ...keyringOf(), encrypt: broken }],
  ])('%s: known for this run, written nowhere, said once', async (_name, keyring) => {
    const settings = await keep(keyring)
    settings.change({ parameters: { 'redis-queue': { url: `${address}/1` } } })
    expect(settings.withPasswords('redis-queue')['url']).toBe(`${address}/1`)
    expect(written()).toMatchObject({ parameters: { 'redis-queue': { url: shown } }, passwords: {} })
    expect(said).toEqual([expect.stringMatching(/^The password is known until Loopscope ends/)])
    expectNoPassword()
    expect(open(keyring).settings.withPasswords('redis-queue')['url']).toBe(shown)
  })

  test('one that somebody wrote into the file goes no further', async () => {
    writeFileSync(join(folder, 'settings.json'), JSON.stringify({ version: 1, parameters: { 'redis-queue': { url: address } } }))
    const file = open(null)
    expect(file.settings.settings.parameters).toEqual({ 'redis-queue': { url: shown } })
    file.settings.change({ speed: 2 })
    await file.close()
    expectNoPassword()
  })
})
