/**
 * Anchors that the product must not ship, fetched from their registries when a benchmark first asks for them. BullMQ is no devDependency: these are
 * installed by everybody who starts the app, and it would bring them an optional native package with an install script, for one figure.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pythonMissing } from './python'

const cache = resolve('node_modules/.cache/bench')
const bull = { bullmq: '6.7.0', ioredis: '6.0.0' }
const redisPy = '8.1.0'
const timeout = 120_000

export type Fetched = { readonly path: string } | { readonly missing: string }

/** A folder from which `bullmq` can be required. */
export function fetchBull(): Fetched {
  const path = join(cache, 'bullmq')
  const installed = join(path, 'node_modules/bullmq/package.json')
  if (existsSync(installed) && JSON.parse(readFileSync(installed, 'utf8')).version === bull.bullmq) return { path }
  mkdirSync(path, { recursive: true })
  writeFileSync(join(path, 'package.json'), JSON.stringify({ private: true, dependencies: bull }))
  const args = ['install', '--ignore-scripts', '--omit=optional', '--no-audit', '--no-fund', '--loglevel=error']
  return tell(
    'BullMQ',
    path,
    say('BullMQ') ?? spawnSync('npm', args, { cwd: path, encoding: 'utf8', timeout, shell: process.platform === 'win32' }),
  )
}

/** A Python that has redis-py. */
export function fetchRedisPy(): Fetched {
  if (pythonMissing) return { missing: pythonMissing }
  const has = (python: string) => spawnSync(python, ['-c', 'import redis']).status === 0
  if (has('python3')) return { path: 'python3' }
  const folder = join(cache, 'python')
  const path = process.platform === 'win32' ? join(folder, 'Scripts/python.exe') : join(folder, 'bin/python')
  if (existsSync(path) && has(path)) return { path }
  say('redis-py')
  const made = spawnSync('python3', ['-m', 'venv', '--clear', folder], { encoding: 'utf8', timeout })
  if (made.status !== 0) return tell('redis-py', path, made)
  const args = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--only-binary=:all:', `redis==${redisPy}`]
  return tell('redis-py', path, spawnSync(path, args, { encoding: 'utf8', timeout }))
}

const say = (name: string): undefined => {
  process.stderr.write(`fetching ${name}, to compare with it …\n`)
}

function tell(name: string, path: string, { status, stderr, error }: ReturnType<typeof spawnSync>): Fetched {
  if (status === 0) return { path }
  const why = error?.message ?? String(stderr).trim().split('\n').pop()
  return { missing: `${name} could not be fetched: ${why}` }
}
