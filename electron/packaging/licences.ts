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

/** Writes what was noted so far: `licences.json` for programs, and a text for people where both hosts serve it. */
export async function writeLicences(outDir: string): Promise<void> {
  const packages = [...bundled.values()].sort((a, b) => a.name.localeCompare(b.name, 'en'))
  await mkdir(join(outDir, 'renderer'), { recursive: true })
  await writeFile(join(outDir, 'licences.json'), `${JSON.stringify(packages, null, 2)}\n`)
  await writeFile(join(outDir, 'renderer/licences.txt'), toText(readPackage('.'), packages))
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

function toText(product: BundledPackage, packages: readonly BundledPackage[]): string {
  const rule = '─'.repeat(80)
  const entry = ({ name, version, licence, text }: BundledPackage) => `${name} ${version} – ${licence}\n\n${text}\n`
  const intro =
    'Loopscope holds code of the packages below. The licences of Electron and Chromium, on which the desktop app runs, are in the files\n' +
    'LICENSE.electron.txt and LICENSES.chromium.html beside it.\n'
  return [entry(product), intro, ...packages.map(entry)].join(`\n${rule}\n\n`)
}
