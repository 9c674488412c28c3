/** Of the build in out/, which `npm test` makes first. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

/** What may go into an app that is given away under MIT: all of these ask for no more than their text and their authors' names. */
const allowed = ['MIT', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0']

interface Listed {
  readonly name: string
  readonly version: string
  readonly licence: string
  readonly text: string
}

describe.runIf(existsSync('out/licences.json'))('the licences of what the product holds', () => {
  const listed: Listed[] = JSON.parse(readFileSync('out/licences.json', 'utf8'))
  const names = listed.map(({ name }) => name)

  test('each is one that we may pass on, with its text', () => {
    const offences = listed.filter(({ licence, text }) => !allowed.includes(licence) || text.length < 200)
    expect(offences.map(({ name, licence }) => `${name}: ${licence}`)).toEqual([])
  })

  test('no package of any bundle is missing, by the bundles’ own source maps', () => {
    const maps = ['out/main', 'out/workers'].flatMap((folder) =>
      readdirSync(folder)
        .filter((name) => name.endsWith('.map'))
        .map((name) => join(folder, name)),
    )
    const sources = maps.flatMap((file): string[] => JSON.parse(readFileSync(file, 'utf8')).sources)
    const inBundles = sources.flatMap((source) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source)?.[1] ?? [])
    expect(inBundles).toContain('ws')
    expect(inBundles).toContain('ioredis')
    expect([...new Set(inBundles)].filter((name) => !names.includes(name))).toEqual([])
  })

  test('the page’s packages are there, and no tool is', () => {
    expect(names).toEqual(expect.arrayContaining(['chart.js', 'preact', '@preact/signals']))
    expect(names.filter((name) => ['vite', 'rolldown', 'typescript', 'electron', 'vitest'].includes(name))).toEqual([])
  })

  test('the page that both hosts serve names each, with its licence', () => {
    const page = readFileSync('out/renderer/licences.html', 'utf8')
    const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
    for (const { name, version, licence, text } of listed) {
      expect(page).toContain(`<h2>${name} ${version} – ${licence}</h2>\n<pre>${escaped(text)}</pre>`)
    }
    expect(page).toMatch(/<h2>Loopscope \S+ – MIT<\/h2>\n<pre>MIT License/)
    // The policy lets nothing stand in it but texts.
    expect(page).not.toMatch(/<script|<style|style=/)
  })
})
