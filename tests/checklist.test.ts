/** The table of Electron's security checklist in electron/README.md, and what must stand nowhere in the source. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const table = readFileSync('electron/README.md', 'utf8')
  .split('\n')
  .flatMap((line) => /^\| (\d+) \| (.+?) \| (.+?) \| (.+?) \|$/.exec(line) ?? [])
const rows = Array.from({ length: table.length / 5 }, (_, n) => table.slice(n * 5 + 1, n * 5 + 5))

test('all twenty items are there, each with tests that exist', () => {
  expect(rows.map(([number]) => Number(number))).toEqual(Array.from({ length: 20 }, (_, n) => n + 1))
  for (const [number, , , tests = ''] of rows) {
    const files = [...tests.matchAll(/`([^`]+)`/g)].map(([, file]) => join('tests', file!))
    expect([number, files.length > 0, files.filter((file) => !existsSync(file))]).toEqual([number, true, []])
  }
})

test('what the table leaves to the real app is asked there, under its number', () => {
  const spec = readFileSync('tests/e2e/security.spec.ts', 'utf8')
  const asked = [...spec.matchAll(/^test\('([\d, ]+):/gm)].flatMap(([, numbers]) => numbers!.split(', ').map(Number))
  const left = rows.filter(([, , , tests]) => tests?.includes('e2e/security.spec.ts')).map(([number]) => Number(number))
  expect([...new Set(asked)].sort((a, b) => a - b)).toEqual(left)
})

test('nothing in the source asks for what the table says is not used', () => {
  const filesIn = (folder: string): string[] =>
    readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const path = join(folder, entry.name)
      return entry.isDirectory() ? filesIn(path) : /\.(ts|tsx|html)$/.test(entry.name) ? [path] : []
    })
  const unwanted =
    /openExternal|openPath|executeJavaScript|insertCSS|enableBlinkFeatures|disableBlinkFeatures|allowpopups|<webview|['"`]file:\/\/|setCertificateVerifyProc|ignore-certificate-errors|dangerouslySetInnerHTML|innerHTML\s*=/i
  const files = [...filesIn('electron'), ...filesIn('renderer')]
  expect(files.length).toBeGreaterThan(100)
  expect(files.filter((file) => unwanted.test(readFileSync(file, 'utf8')))).toEqual([])
})
