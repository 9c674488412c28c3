import { describe, expect, test } from 'vitest'
import { readAddress } from '../../electron/sources/redisAddress'
import { troubleOf, versionTrouble } from '../../electron/sources/redisErrors'

const where = { address: 'h:1', queue: 'queue', redact: (text: string) => text.replace('secret', '…') }
const reply = (message: string) => Object.assign(new Error(message), { name: 'ReplyError' })

describe('address', () => {
  test.each([
    ['redis://127.0.0.1', '127.0.0.1:6379', { host: '127.0.0.1', port: 6379, db: 0 }],
    ['redis://example.org:7000/3', 'example.org:7000', { host: 'example.org', port: 7000, db: 3 }],
    ['redis://[::1]:7000', '[::1]:7000', { host: '::1', port: 7000, db: 0 }],
    [
      'rediss://user:p%23%40w@example.org/',
      'example.org:6379',
      { username: 'user', password: 'p#@w', tls: { servername: 'example.org' } },
    ],
    ['redis://:secret@10.0.0.1:1', '10.0.0.1:1', { password: 'secret', port: 1 }],
  ])('%s', (url, shown, connection) => {
    const address = readAddress(url)
    expect(address).toMatchObject({ ok: true, value: { shown, connection } })
  })

  test.each([
    'redis://user:12#34secret@h:1',
    'redis://user:12/34secret@h:1',
    'redis://user:12?secret@h:1',
    'redis://:se/cret@h',
    'redis://:100%secret@h',
    'redis://h/?enableOfflineQueue=true',
    'http://:secret@h',
    'secret',
  ])('%s is refused, and nothing of it is shown', (url) => {
    const address = readAddress(url)
    expect(address.ok).toBe(false)
    expect(JSON.stringify(address)).not.toMatch(/secret|12|34|100/)
  })

  test('the password is taken out of texts, as it is and as it stood in the URL', () => {
    const address = readAddress('redis://:p%40ss@h')
    expect(address.ok && address.value.redact('wrong: p@ss, p%40ss')).toBe('wrong: …, …')
  })
})

describe('sentences', () => {
  test.each([
    ['WRONGTYPE Operation against a key holding the wrong kind of value script: ab, on @user_script:12.', /not a list/],
    ['ERR Error running script (call to f_ab): @user_script:12: WRONGTYPE Operation against a key', /not a list/],
    [
      "ERR Error running script (call to f_ab): @user_script: 12: -OOM command not allowed when used memory > 'maxmemory'.",
      /memory/,
    ],
    [
      "ERR Error running script (call to f_ab): @user_script:1: @user_script: 1: -READONLY You can't write against a read only replica.",
      /replica/,
    ],
    ['MISCONF Redis is configured to save RDB snapshots', /disk/],
    ["READONLY You can't write against a read only replica.", /replica/],
    ["NOPERM this user has no permissions to run the 'blmove' command", /ACL/],
    ["ERR The user executing the script can't run this command or subcommand script: ab", /ACL/],
    ['MOVED 3999 127.0.0.1:6381', /cluster/],
    ["ERR unknown command 'BLMOVE', with args beginning with:", /6\.2/],
    ['ERR something secret', /refused: ERR something …/],
  ])('%s', (message, sentence) => {
    expect(troubleOf(reply(message), where)).toMatchObject({ kind: 'refused', message: expect.stringMatching(sentence) })
  })

  test('a socket error is no refusal; a bug is thrown on', () => {
    const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
    expect(troubleOf(refused, where)).toMatchObject({
      kind: 'unreachable',
      code: 'ECONNREFUSED',
      sentence: {
        en: expect.stringContaining('Nothing listens at h:1'),
        zh: 'h:1 上没有程序在监听。请在那里启动 Redis，或改正地址。',
      },
    })
    expect(() => troubleOf(new TypeError('x is not a function'), where)).toThrow('x is not a function')
  })

  test('versions', () => {
    expect(versionTrouble('redis_version:6.0.20\r\n', true, where)?.message).toContain('too old (6.0)')
    for (const version of ['6.2.0', '7.0.15', '10.0.1'])
      expect(versionTrouble(`redis_version:${version}\r\n`, true, where)).toBeNull()
    expect(versionTrouble('', true, where)).toBeNull()
  })
})
