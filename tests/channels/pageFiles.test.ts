import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Appearance, defaultSettings } from '#protocol/settings'
import { fileWithin, pageFile } from '../../electron/channels/pageFiles'

let folder: string
beforeAll(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'loopscope-page-')), 'renderer')
  mkdirSync(join(folder, 'assets'), { recursive: true })
  writeFileSync(join(folder, 'index.html'), '<html lang="en" data-theme="light"><title>Loopscope</title>')
  writeFileSync(join(folder, 'assets/a.js'), '1')
  writeFileSync(join(folder, '../secret.txt'), 'secret')
})
afterAll(() => rmSync(join(folder, '..'), { recursive: true, force: true }))

test('the root is the page, with its type and the policy', async () => {
  const { status, headers, body } = await pageFile(folder, '/', defaultSettings)
  expect(status).toBe(200)
  expect(String(body)).toContain('Loopscope')
  expect(headers['content-type']).toBe('text/html; charset=utf-8')
  expect(headers['content-security-policy']).toContain("default-src 'none'")
  expect(headers['content-security-policy']).not.toContain('unsafe')
  expect(headers['x-content-type-options']).toBe('nosniff')
})

test('the page says on its first tag how it is to look', async () => {
  const tag = async (appearance: Appearance) => {
    const { headers, body } = await pageFile(folder, '/', appearance)
    expect(headers['content-length']).toBe(String(body.length))
    return /<html[^>]*>/.exec(String(body))?.[0]
  }
  expect(await tag({ theme: 'dark', language: 'zh' })).toBe(
    '<html lang="en" data-theme="dark" data-theme-setting="dark" data-language-setting="zh">',
  )
  expect(await tag(defaultSettings)).toBe(
    '<html lang="en" data-theme="light" data-theme-setting="system" data-language-setting="system">',
  )
})

test('a script has a type that nosniff accepts', async () => {
  expect((await pageFile(folder, '/assets/a.js', defaultSettings)).headers['content-type']).toBe('text/javascript; charset=utf-8')
})

test.each([
  '/none.html',
  '/assets',
  '/../secret.txt',
  '/..%2fsecret.txt',
  '/%2e%2e/secret.txt',
  '/assets/..%2f..%2f..%2fsecret.txt',
  '/..\\secret.txt',
  '/..%5csecret.txt',
  '/%00',
  '/index.html%00.js',
  '/%',
  '//etc/passwd',
  `/${'x'.repeat(5000)}`,
])('%s is not found', async (path) => {
  const { status, body } = await pageFile(folder, path, defaultSettings)
  expect(status).toBe(404)
  expect(String(body)).not.toContain('secret')
})

test('no path whatever leads out of the folder', () => {
  const piece = fc.oneof(fc.constantFrom('..', '.', '%2e%2e', '%2f', '/', '\\', '%5c', '%00', 'assets', '~', 'C:'), fc.string())
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const file = fileWithin(folder, `/${pieces.join('/')}`)
      expect(file === null || !relative(folder, file).startsWith('..')).toBe(true)
    }),
    { numRuns: 2000 },
  )
})
