/** Who may import whom. The table is the design; a line that is missing here is a question to ask before it is added. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { describe, expect, test } from 'vitest'

/**
 * Folder, or file where a file may more (or less) than its folder → what it may import of the same tree, and which packages. `#protocol` is
 * for everybody but itself; `type:x` allows types of x, which leave nothing behind at run time.
 */
const allowed: Readonly<Record<string, readonly string[]>> = {
  'electron/protocol': [],
  'electron/threads': [],
  // The entries of the workers, alone, know the programmes.
  'electron/threads/programmeWorker.ts': ['threads', 'loop', 'scenarios', 'http', 'processes'],
  'electron/threads/nestedWorker.ts': ['threads', 'loop', 'scenarios'],
  'electron/loop': ['threads'],
  'electron/http': ['threads', 'loop'],
  'electron/processes': ['threads', 'http'],
  // Knows the programmes as the workers' entries do.
  'electron/processes/childThread.ts': ['threads', 'loop', 'http', 'scenarios'],
  'electron/sources': ['ioredis', 'processGroup'],
  'electron/sources/consumer.ts': ['threads', 'loop', 'scenarios'],
  // The same for a queue that is only looked at, in the same bundle.
  'electron/sources/watcher.ts': ['threads'],
  'electron/sources/commandConsumer.ts': ['type:threads'],
  'electron/sources/commandMessages.ts': ['type:threads'],
  'electron/synthetic': [],
  'electron/scenarios': ['threads', 'loop', 'http', 'processes'],
  // Of the sources only what knows no Redis client: that one is in the consumer's worker alone.
  'electron/engine': [
    'threads',
    'loop',
    'scenarios',
    'synthetic',
    'type:processes',
    'http/messages',
    'channels/lineGuard',
    'sources/privateServer',
  ],
  'electron/engine/processDoor.ts': ['threads', 'type:processes', 'valibot'],
  'electron/settings': ['type:engine', 'valibot'],
  'electron/channels': ['type:engine', 'ws'],
  'electron/channels/commandSchema.ts': ['valibot'],
  'electron/channels/ipc.ts': ['type:engine', 'electron'],
  'electron/desktop.ts': [
    'electron',
    'channels',
    'crashes',
    'engine',
    'guards',
    'settings',
    'hostOptions',
    'places',
    'type:processes',
  ],
  'electron/crashes.ts': ['electron'],
  'electron/guards.ts': ['electron', 'channels', 'places'],
  'electron/preload.ts': ['electron'],
  'electron/serve.ts': ['channels', 'engine', 'settings', 'forkProcess', 'hostOptions', 'places', 'usage'],
  'electron/browser.ts': ['serve', 'usage'],
  'electron/cli.ts': ['commands', 'exportRun', 'serve', 'usage', 'worker'],
  'electron/commands.ts': ['engine', 'scenarios', 'synthetic', 'forkProcess', 'hostOptions', 'places', 'usage'],
  'electron/documentFile.ts': ['usage', 'valibot'],
  'electron/exportPicture.ts': ['pictures', 'scenarios', 'synthetic', 'usage'],
  'electron/exportRun.ts': ['commands', 'documentFile', 'exportPicture', 'usage'],
  'electron/forkProcess.ts': ['type:processes'],
  'electron/hostOptions.ts': ['type:engine', 'usage'],
  'electron/pictures': ['channels', 'places', 'processGroup', 'start', 'valibot'],
  'electron/pictures/window.ts': ['electron'],
  'electron/places.ts': [],
  'electron/processGroup.ts': [],
  'electron/usage.ts': [],
  // Of the engine what runs a programme and speaks to its consumer; of the sources only what knows no Redis client.
  'electron/worker': [
    'engine/programme',
    'engine/sourceLine',
    'sources/commandMessages',
    'sources/hashTag',
    'sources/redisAddress',
    'places',
    'processGroup',
    'usage',
  ],
  // Before anything is installed there are only Node's own modules; `rolldown` is asked for after the installation.
  'electron/start': [],
  'electron/start/bundleBench.mjs': ['rolldown'],
  'electron/packaging': ['rolldown', '@electron/fuses'],
  'renderer/picture.ts': ['charts', 'exporters', 'importers', 'panels', 'style'],
  'renderer/main.tsx': ['host', 'panels', 'state', 'style', 'preact'],
  'renderer/host': ['state', 'model', 'valibot'],
  'renderer/model': [],
  'renderer/exporters': ['model', 'charts'],
  'renderer/importers': ['model'],
  'renderer/style': [],
  'renderer/state': ['model', 'locales', '@preact/signals'],
  'renderer/charts': ['model', 'style', 'chart.js', 'preact', 'preact/hooks'],
  'renderer/locales': ['model', 'charts', '@preact/signals'],
  'renderer/panels': ['charts', 'exporters', 'locales', 'model', 'state', 'style', 'preact', 'preact/hooks', '@preact/signals'],
}

interface Import {
  readonly file: string
  /** As in the table: `engine`, `channels/commandSchema`, `hostOptions`, `ioredis`. */
  readonly target: string
  readonly tree: string | null
  readonly typeOnly: boolean
}

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    return entry.isDirectory() ? filesIn(path) : /\.(ts|tsx|mjs|cjs)$/.test(entry.name) ? [path] : []
  })

const sources = [...filesIn('electron'), ...filesIn('renderer')]
const statement =
  /^\s*(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]|\b(?:import|require)\(\s*['"]([^'"]+)['"]\s*\)/gm

function importsOf(file: string): Import[] {
  return [...readFileSync(file, 'utf8').matchAll(statement)].map(([, type, named, called]) => {
    const from = named ?? called ?? ''
    const typeOnly = type !== undefined
    if (!from.startsWith('.')) return { file, target: from, tree: null, typeOnly }
    const [tree, ...rest] = normalize(join(dirname(file), from)).split(/[\\/]/)
    return { file, target: rest.join('/').replace(/\.\w+$/, ''), tree: tree ?? '', typeOnly }
  })
}

const imports = sources.flatMap(importsOf)
const unitOf = (file: string) => file.split('/').slice(0, 2).join('/')
const isNodes = (target: string) => target.startsWith('node:')

function isAllowed({ file, target, tree, typeOnly }: Import): boolean {
  if (tree === null && target.startsWith('#protocol/')) return unitOf(file) !== 'electron/protocol'
  if (tree === null && isNodes(target)) return file.startsWith('electron/') && unitOf(file) !== 'electron/protocol'
  const own = tree !== null && unitOf(`${tree}/${target}`) === unitOf(file)
  if (own) return true
  const list = allowed[file] ?? allowed[unitOf(file)] ?? []
  if (tree === null) return list.includes(target)
  if (tree !== file.split('/')[0]) return false
  const folder = target.split('/')[0] ?? ''
  return list.some((entry) => entry === target || entry === folder || (typeOnly && entry === `type:${folder}`))
}

describe('layers', () => {
  test('the reader of imports finds them at all', () => {
    expect(imports.length).toBeGreaterThan(100)
    expect(imports.some(({ file, target }) => file === 'electron/desktop.ts' && target === 'electron')).toBe(true)
  })

  test('every folder and every file beside them is in the table', () => {
    expect([...new Set(sources.map(unitOf))].filter((unit) => !(unit in allowed))).toEqual([])
  })

  test('nobody imports what the table does not allow', () => {
    const offences = imports.filter((one) => !isAllowed(one)).map(({ file, target }) => `${file} → ${target}`)
    expect(offences).toEqual([])
  })

  test.each([
    ['electron', /^electron\/(desktop\.ts|crashes\.ts|guards\.ts|preload\.ts|channels\/ipc\.ts|pictures\/window\.ts)$/],
    ['ioredis', /^electron\/sources\//],
    ['chart.js', /^renderer\/charts\//],
    ['ws', /^electron\/channels\//],
  ])('only its place says “%s”', (name, place) => {
    const users = imports.filter(({ target }) => target === name || target.startsWith(`${name}/`)).map(({ file }) => file)
    expect(users.filter((file) => !place.test(file))).toEqual([])
  })

  // What is read and pressed first needs none of it, and it is a third of the page.
  test('Chart.js is loaded after the page', () => {
    const real = imports.filter(({ file, typeOnly }) => file.startsWith('renderer/') && !typeOnly)
    const users = real.filter(({ target }) => target === 'chart.js').map(({ file }) => file)
    expect(users.sort()).toEqual(['renderer/charts/chartJs.ts', 'renderer/charts/spanController.ts'])
    const loaders = new Set(
      real.filter(({ target }) => /^charts\/(chartJs|spanController)$/.test(target)).map(({ file }) => file),
    )
    expect([...loaders].sort()).toEqual(['renderer/charts/chartJs.ts', 'renderer/charts/loadChart.ts'])
  })

  test('no scenario is imported by name outside its folder and index', () => {
    const named = imports.filter(({ target }) => /^scenarios\/(?!(index|scenario|registry)$)/.test(target))
    expect(named.filter(({ file }) => !file.startsWith('electron/scenarios/'))).toEqual([])
  })
})

describe('old runtimes', () => {
  // Node 16.17, in Electron 22, has none of these; types do not tell. guards.ts asks first.
  const newer =
    /\b(fetch|structuredClone)\(|\bnew (Response|BroadcastChannel|WebSocket)\(|\.(toSorted|toReversed|withResolvers|groupBy)\(/
  test('what runs in Electron’s main process uses nothing newer', () => {
    const offences = sources
      .filter((file) => file.startsWith('electron/') && !/^electron\/(start|packaging)\//.test(file))
      .flatMap((file) =>
        readFileSync(file, 'utf8')
          .split('\n')
          .map((line, n) => ({ file, line, n })),
      )
      .filter(({ line }) => newer.test(line.replace(/^\s*(\*|\/\/).*/, '')))
      .filter(({ file, line }) => !(file === 'electron/guards.ts' && line.includes('new Response(')))
    expect(offences.map(({ file, n, line }) => `${file}:${n + 1}: ${line.trim()}`)).toEqual([])
  })
})

describe.runIf(existsSync('out/main/desktop.cjs'))('the build', () => {
  const requiresIn = (folder: string) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.cjs'))
      .flatMap((name) =>
        [...readFileSync(join(folder, name), 'utf8').matchAll(/\brequire\(["']([^"']+)["']\)/g)].map(([, target]) => ({
          name,
          target: target ?? '',
        })),
      )

  test('only what Electron runs asks for electron', () => {
    const users = requiresIn('out/main').filter(({ target }) => target === 'electron')
    expect([...new Set(users.map(({ name }) => name))]).toEqual(['desktop.cjs', 'pictureWindow.cjs'])
  })

  test('only the threads that take items hold a Redis client', () => {
    const holders = ['out/main', 'out/workers'].flatMap((folder) =>
      readdirSync(folder)
        .filter(
          (name) => name.endsWith('.cjs') && readFileSync(join(folder, name), 'utf8').includes('autoResendUnfulfilledCommands'),
        )
        .map((name) => `${folder}/${name}`),
    )
    expect(holders.sort()).toEqual(['out/workers/commandConsumer.cjs', 'out/workers/consumer.cjs'])
  })

  test('a worker is one file', () => {
    expect(requiresIn('out/workers').filter(({ target }) => target.startsWith('.') || target === 'electron')).toEqual([])
  })
})
