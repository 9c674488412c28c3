/** Real shells and processes. */
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { Command } from '../../electron/worker/command'
import { isAlive } from '../support/processes'
import { until } from '../support/until'

const folder = mkdtempSync(join(tmpdir(), 'loopscope-command-'))
const run = (command: string, { payload = Buffer.from('x'), timeout = null as number | null } = {}) =>
  new Command({ command, payload, env: { ...process.env, LOOPSCOPE_ORD: '7', FOLDER: folder }, timeout })
const fine = { reason: null, missing: false, unstarted: false }
const failed = (reason: string) => ({ ...fine, reason })
describe.skipIf(process.platform === 'win32')('a command', () => {
  test('has the payload on its stdin, byte for byte, and its number in the environment', async () => {
    const payload = Buffer.from([0, 0xff, 10, 13, 0x20, 0xc3])
    expect(await run('cat > $FOLDER/$LOOPSCOPE_ORD', { payload }).ended).toEqual(fine)
    expect(readFileSync(join(folder, '7'))).toEqual(payload)
  })

  test('may leave its payload unread, or read five megabytes of it', async () => {
    const payload = Buffer.alloc(5 << 20, 'a')
    expect(await run('exec <&-; exit 0', { payload }).ended).toEqual(fine)
    expect(await run('echo $(wc -c) >&2; exit 1', { payload }).ended).toEqual(failed(String(5 << 20)))
  })

  test.each([
    ['echo one >&2; echo "two  " >&2; echo >&2; exit 3', 'two'],
    ['printf "no line feed" >&2; exit 1', 'no line feed'],
    ['printf "a\\033[31mb\\007\\n" >&2; exit 1', 'a\ufffd[31mb\ufffd'],
    ['exit 3', 'exit code 3'],
    ['kill -9 $$', 'ended by SIGKILL'],
    ['yes line | head -100000 >&2; echo last >&2; exit 1', 'last'],
  ])('%s fails with its last line of stderr', async (command, reason) => {
    expect(await run(command).ended).toEqual(failed(reason))
  })

  test('of a long line the beginning is shown', async () => {
    const { reason } = await run('head -c 1000 /dev/zero | tr "\\0" x >&2; exit 1').ended
    expect(reason).toBe(`${'x'.repeat(199)}…`)
  })

  test('that is not there is told apart from one that failed', async () => {
    const { reason, missing } = await run('there-is-no-such-command --at-all').ended
    expect([missing, reason]).toEqual([true, expect.stringContaining('not found')])
  })

  test.each([
    ['does not hear', 'trap "" TERM; sleep 300 & echo $! > $FOLDER/child; echo $$ > $FOLDER/shell; wait; sleep 300'],
    [
      'leaves behind one that does not hear',
      '(trap "" TERM; sleep 300) & echo $! > $FOLDER/child; echo $$ > $FOLDER/shell; wait',
    ],
  ])('that takes too long and %s is ended with all that it started', async (_, line) => {
    const command = run(line, { timeout: 0.3 })
    expect(await command.ended).toEqual(failed('took longer than 0.3 s and was ended'))
    for (const name of ['child', 'shell']) {
      const pid = Number(readFileSync(join(folder, name), 'utf8'))
      await until(() => !isAlive(pid), `${name} to be gone`)
    }
  })

  test('ends when its shell does, though another process holds its stderr', async () => {
    const command = run('sleep 300 & echo $! > $FOLDER/left; echo gone >&2; exit 2')
    expect(await command.ended).toEqual(failed('gone'))
    process.kill(Number(readFileSync(join(folder, 'left'), 'utf8')), 'SIGKILL')
  })
})
