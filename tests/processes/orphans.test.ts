/** Processes end with what started them, whatever ended that: the command line as a process of its own, killed and interrupted. */
import { type ChildProcess, spawn } from 'node:child_process'
import { afterEach, describe, expect, it } from 'vitest'
import type { RunDocument } from '#protocol/document'
import { cliFile } from '../support/buildCli'
import { childrenOf, isAlive } from '../support/processes'
import { until } from '../support/until'

let host: ChildProcess | undefined
afterEach(() => host?.kill('SIGKILL'))

/** In a group of its own, as a shell would have it. */
function startRun(): ChildProcess {
  const args = ['run', 'http-processes', '--set', 'processes=3', '--set', 'delay=2', '--json']
  host = spawn(process.execPath, [cliFile, ...args], { stdio: ['ignore', 'pipe', 'inherit'], detached: true })
  return host
}

async function processesOf({ pid }: ChildProcess): Promise<number[]> {
  let found: number[] = []
  await until(() => {
    found = childrenOf(pid!, 'loopscope process-')
    return found.length === 3
  }, 'three processes')
  return found
}

describe.runIf(process.platform === 'linux')('the processes of a run', () => {
  it('end within a second when their host is killed', async () => {
    const killed = startRun()
    const pids = await processesOf(killed)
    killed.kill('SIGKILL')
    await until(() => !pids.some(isAlive), 'the processes to end', 1000)
  })

  it('are ended by their host at Ctrl+C, which reaches all of the group: none counts as killed from outside', async () => {
    const interrupted = startRun()
    let out = ''
    interrupted.stdout!.on('data', (part: Buffer) => {
      out += part
    })
    const pids = await processesOf(interrupted)
    await new Promise((resolve) => setTimeout(resolve, 500))
    // The processes may hear of it before their host does.
    for (const pid of pids) process.kill(pid, 'SIGINT')
    await new Promise((resolve) => setTimeout(resolve, 200))
    process.kill(-interrupted.pid!, 'SIGINT')
    const code = await new Promise((resolve) => interrupted.once('close', resolve))
    expect(code).toBe(0)
    expect(pids.some(isAlive)).toBe(false)
    const document: RunDocument = JSON.parse(out)
    expect(document.output).toEqual([])
    const chunks = document.tasks.filter(({ name }) => name.startsWith('chunk'))
    expect(chunks.map(({ end }) => end)).toEqual(['killed', 'killed', 'killed'])
  })
})
