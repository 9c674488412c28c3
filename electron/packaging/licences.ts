/**
 * Whose code is in the product: every package that some bundle holds, with its licence. Vite's own list (`build.license`) knows one build at a
 * time and none of the workers, which rolldown builds alone.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Plugin } from 'rolldown'

export interface BundledPackage {
  readonly name: string
  readonly version: string
  /** SPDX expression, as the package states it. */
  readonly licence: string
  /** The whole texts of its licence and notice files. */
  readonly text: string
}

const bundled = new Map<string, BundledPackage>()

/** Notes the packages of one build; all builds of one process share the list. */
export function noteLicences(): Plugin {
  return {
    name: 'loopscope:licences',
    generateBundle(_options, output) {
      for (const chunk of Object.values(output)) {
        if (chunk.type !== 'chunk') continue
        const folders = chunk.moduleIds.flatMap((id) => packageFolder(id) ?? [])
        for (const folder of new Set(folders)) bundled.set(folder, readPackage(folder))
      }
    },
  }
}

/** Writes what was noted so far: `licences.json` for programs, and a page for people where both hosts serve it. */
export async function writeLicences(outDir: string): Promise<void> {
  const packages = [...bundled.values()].sort((a, b) => a.name.localeCompare(b.name, 'en'))
  await mkdir(join(outDir, 'renderer'), { recursive: true })
  await writeFile(join(outDir, 'licences.json'), `${JSON.stringify(packages, null, 2)}\n`)
  await writeFile(join(outDir, 'renderer/licences.html'), toPage(readPackage('.'), packages))
  await writeFile(join(outDir, 'renderer/licences.css'), style)
}

/** The innermost package that holds a module; null for our own code and for the bundler's helpers. */
const packageFolder = (id: string): string | null =>
  /^(?!\0).*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(id.split('?', 1)[0] ?? '')?.[0] ?? null

function readPackage(folder: string): BundledPackage {
  const manifest: { name: string; version: string; license?: string } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  )
  const files = readdirSync(folder).filter((name) => /^(licen[sc]e|copying|notice)/i.test(name))
  const text = files.map((name) => readFileSync(join(folder, name), 'utf8').trim()).join('\n\n')
  return { name: manifest.name, version: manifest.version, licence: manifest.license ?? 'none stated', text }
}

function toPage(product: BundledPackage, packages: readonly BundledPackage[]): string {
  const entry = ({ name, version, licence, text }: BundledPackage) =>
    `<h2>${escapeHtml(name)} ${escapeHtml(version)} – ${escapeHtml(licence)}</h2>\n<pre>${escapeHtml(text)}</pre>\n`
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Licences – Loopscope</title>
<link rel="stylesheet" href="licences.css">
<h1>Licences</h1>
${entry({ ...product, name: 'Loopscope' })}
<p>Loopscope holds code of the packages below. The licences of Electron and Chromium, on which the desktop app runs, are in the files
LICENSE.electron.txt and LICENSES.chromium.html beside it.</p>
${packages.map(entry).join('')}</html>
`
}

const escapeHtml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** By itself: the page's own styles are in a bundle whose name only that page knows. */
const style = `:root { color-scheme: light dark; }
:root[data-theme="light"] { color-scheme: light; }
:root[data-theme="dark"] { color-scheme: dark; }
body { max-width: 44rem; margin: 2rem auto; padding: 0 1.5rem; font: 14px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.5rem; }
h2 { margin-top: 2rem; font-size: 1rem; }
pre { font: 12px/1.5 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
`
