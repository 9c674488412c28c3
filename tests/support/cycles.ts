/** Starts and stops of runs in an engine in a process of its own, and what that process takes after each. */
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import fc from 'fast-check'
import type { RunPhase, StartRequest } from '#protocol/messages'
import { bundleChild } from './bundleChild'

export interface Cycle {
  /** Two are a contrast. */
  readonly scenarios: readonly StartRequest[]
  /** ms from the start; 0 is while it prepares; null: it ends by itself. */
  readonly stopAfter: number | null
}

/** What the process takes when the cycle's runs are over, the next programme is warm and garbage is collected. */
export interface Taken {
  readonly phases: readonly RunPhase[]
  readonly threads: number
  /** Files, sockets and pipes. */
  readonly handles: number
  readonly rssBytes: number
  readonly heapBytes: number
}

const scenario = fc.constantFrom('threads', 'daemon-threads', 'join', 'sync-scheduling', 'async-scheduling')
const alone = scenario.map((id) => [{ scenario: id, parameters: {} }])
const contrast = fc.constant(['sync-scheduling', 'async-scheduling'].map((id) => ({ scenario: id, parameters: {} })))
const many = fc
  .constantFrom('threads', 'daemon-threads')
  .map((id) => [{ scenario: id, parameters: { threads: 64, sleeps: [1] } }])

/** At speed 100, where the longest of these programmes takes 0.2 s. */
export const anyCycle: fc.Arbitrary<Cycle> = fc.record({
  scenarios: fc.oneof({ weight: 8, arbitrary: alone }, { weight: 1, arbitrary: contrast }),
  stopAfter: fc.oneof(fc.constant(0), fc.nat(100), fc.constant(null)),
})
/** With programmes of 64 threads among them, whose loading takes up to a second. */
export const anyLargeCycle: fc.Arbitrary<Cycle> = fc.record({
  scenarios: fc.oneof(alone, many),
  stopAfter: fc.oneof(fc.constant(0), fc.nat(800), fc.constant(null)),
})

/**
 * So that memory tells what is kept, and nothing else. glibc keeps what was freed for later, in holes that grew by 20 MB in 150 cycles while what
 * was in use stayed the same (mallinfo2): here whatever has a page or more goes back to the system at once. And V8 compiles ever more functions as they
 * get hot, 0.6 MB in 1,000 cycles, with no object more in a heap snapshot.
 */
export const onlyKeptMemory = {
  flags: ['--no-opt', '--no-sparkplug'],
  env: { MALLOC_MMAP_THRESHOLD_: '4096', MALLOC_MMAP_MAX_: '1000000', MALLOC_TRIM_THRESHOLD_: '0' },
}

/** `node`: the executable, a Node or an Electron. Rejects when the process dies. */
export async function runCycles(
  cycles: readonly Cycle[],
  { node = process.execPath, flags = [], env = {} }: { node?: string; flags?: readonly string[]; env?: object },
): Promise<Taken[]> {
  const file = await bundleChild('tests/support/cycleChild.ts')
  const child = spawn(node, ['--expose-gc', ...flags, file], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, ...env, ELECTRON_RUN_AS_NODE: '1' },
  })
  child.stdin.end(JSON.stringify(cycles))
  const taken: Taken[] = []
  createInterface({ input: child.stdout }).on('line', (line) => taken.push(JSON.parse(line)))
  let said = ''
  child.stderr.on('data', (part) => {
    said += part
  })
  const [code, signal] = await new Promise<[number | null, string | null]>((resolve) =>
    child.once('close', (...how) => resolve(how)),
  )
  if (code !== 0) throw new Error(`in cycle ${taken.length + 1} the process ended with ${code ?? signal}: ${said}`)
  return taken
}
