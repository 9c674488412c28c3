import { describe, expect, test } from 'vitest'
import { desktopFlags, readOpening, readRingSlots } from '../electron/hostOptions'

const catalogue = [
  { id: 'still', parameters: [] },
  {
    id: 'join',
    parameters: [
      { name: 'threads', kind: 'integer', default: 5, min: 1, max: 64 },
      { name: 'sleeps', kind: 'secondsList', default: [2, 2], min: 0, max: 86_400 },
      { name: 'url', kind: 'url', default: 'redis://127.0.0.1:6379' },
    ],
  },
] as const

const problem = (flags: Parameters<typeof readOpening>[0]) => {
  const read = readOpening(flags, catalogue)
  return read.ok ? null : read.problem
}

describe('what a host is asked to open', () => {
  test('nothing', () => expect(readOpening({}, catalogue)).toEqual({ ok: true, value: null }))

  test('a scenario, the rest as it was last', () => {
    expect(readOpening({ scenario: 'still' }, catalogue)).toEqual({
      ok: true,
      value: { scenario: 'still', parameters: {}, speed: null },
    })
  })

  test('a scenario with parameters and a speed; a value may hold =', () => {
    const flags = { scenario: 'join', set: ['threads=2', 'url=redis://h/?a=b'], speed: '12.5' }
    expect(readOpening(flags, catalogue)).toEqual({
      ok: true,
      value: { scenario: 'join', parameters: { threads: 2, url: 'redis://h/?a=b' }, speed: 12.5 },
    })
  })

  test.each([
    [{ scenario: 'nope' }, '--scenario: “nope” is none of still, join.'],
    [{ speed: '2' }, '--set and --speed need --scenario.'],
    [{ scenario: 'join', speed: '0' }, '--speed: “0” is not a number from 1 to 100.'],
    [{ scenario: 'join', speed: '1e1' }, '--speed: “1e1” is not a number from 1 to 100.'],
    [{ scenario: 'join', speed: '' }, '--speed: “” is not a number from 1 to 100.'],
    [{ scenario: 'join', set: ['threads'] }, '--set: join takes name=value with one of threads, sleeps, url.'],
    [{ scenario: 'join', set: ['many=1'] }, '--set many: join takes name=value with one of threads, sleeps, url.'],
    [{ scenario: 'still', set: ['many=1'] }, '--set many: still takes name=value with no names at all.'],
    [{ scenario: 'join', set: ['threads=65'] }, 'threads: “65” is not a whole number from 1 to 64.'],
  ])('%j is one sentence', (flags, sentence) => expect(problem(flags)).toBe(sentence))

  test('a password in a wrong setting is not shown again', () => {
    expect(problem({ scenario: 'join', set: ['uri=redis://me:secret@host'] })).not.toContain('secret')
  })
})

test('the desktop app passes over what Chromium and test drivers add', () => {
  const argv = [
    '--no-sandbox',
    '--inspect=0',
    '.',
    '--user-data-dir=/tmp/x',
    '--scenario',
    'join',
    '--set=a=1',
    '--set',
    'b=2',
    '--speed=3',
  ]
  expect(desktopFlags(argv)).toEqual({ scenario: 'join', set: ['a=1', 'b=2'], speed: '3' })
})

test('a flag of ours without a value is refused like one with a wrong value', () => {
  expect(desktopFlags(['.', '--scenario'])).toEqual({ scenario: '', set: undefined, speed: undefined })
  expect(desktopFlags(['--set', 'a=1', '--set'])).toEqual({ scenario: undefined, set: ['a=1', ''], speed: undefined })
  expect(desktopFlags(['--scenario', 'join', '--speed', '-1'])).toMatchObject({ speed: '-1' })
})

test('how many marks a ring holds is a power of two, or one sentence says so', () => {
  const slots = (given?: string) => readRingSlots({ LOOPSCOPE_RING_SLOTS: given })
  expect([undefined, '', '64', '1048576'].map((given) => slots(given))).toEqual(
    [undefined, undefined, 64, 1_048_576].map((value) => ({ ok: true, value })),
  )
  for (const given of ['63', '32', '2097152', '1e3', '-64', '0x40'])
    expect(slots(given)).toEqual({
      ok: false,
      problem: `LOOPSCOPE_RING_SLOTS: “${given}” is not a power of two from 64 to 1,048,576.`,
    })
})
