/** `export` as a script calls it: what it prints, what it writes, what it refuses. */
import { spawnSync } from 'node:child_process'
import { existsSync, linkSync, mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RunDocument } from '#protocol/document'
import { cliFile } from './support/buildCli'
import { readCsv } from './support/rfc4180'

const folder = mkdtempSync(join(tmpdir(), 'loopscope-export-'))
const runFile = join(folder, 'run.json')
const cli = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cliFile, ...args], { encoding: 'utf8', maxBuffer: 1e9 })
  return { code: status, out: stdout, err: stderr }
}
let run: RunDocument

beforeAll(() => {
  const { out } = cli('run', 'join', '--speed', '100', '--set', 'threads=2', '--json')
  writeFileSync(runFile, out)
  run = JSON.parse(out)
})
afterAll(() => rmSync(folder, { recursive: true }))

const rows = () =>
  run.spans.map(({ task, taskIndex, lane, state, startSeconds, endSeconds }) => ({
    task,
    lane,
    state,
    startSeconds,
    endSeconds,
    durationSeconds: Math.round((endSeconds - startSeconds) * 1e9) / 1e9,
    taskEnd: run.tasks[taskIndex!]!.end,
  }))

describe('export', () => {
  it('prints the spans of a real run as CSV', () => {
    const { code, out, err } = cli('export', runFile, '--csv')
    expect([code, err]).toEqual([0, ''])
    expect(run.spans.length).toBeGreaterThan(5)
    const [head, ...records] = readCsv(out)
    const read = records.map((record) => Object.fromEntries(record.map((cell, column) => [head![column]!, cell])))
    expect(read).toEqual(rows().map((row) => Object.fromEntries(Object.entries(row).map(([key, value]) => [key, String(value)]))))
  })

  it('prints them as JSON', () => {
    const { code, out, err } = cli('export', runFile, '--json')
    expect([code, err]).toEqual([0, ''])
    expect(JSON.parse(out)).toEqual(rows())
  })

  it.each(['--csv', '--json'])('writes what %s prints into a file', (format) => {
    const file = join(folder, 'out')
    const { code, out, err } = cli('export', runFile, format, '--out', file)
    expect([code, out, err]).toEqual([0, '', ''])
    expect(readFileSync(file, 'utf8')).toBe(cli('export', runFile, format).out)
  })

  it('takes 100,000 spans, a name of 1 MB, control and right-to-left characters', () => {
    const file = join(folder, 'large.json')
    const task = `\u202e\u0000"=1${'n'.repeat(1e6)}`
    const many = Array.from({ length: 100_000 }, (_, i) => ({ ...run.spans[0]!, startSeconds: i, endSeconds: i }))
    const last = { ...run.spans[0]!, task, taskIndex: run.tasks.length }
    writeFileSync(
      file,
      JSON.stringify({ ...run, tasks: [...run.tasks, { ...run.tasks[0]!, name: task }], spans: [...many, last] }),
    )
    const { code, out, err } = cli('export', file, '--csv')
    expect([code, err]).toEqual([0, ''])
    const records = readCsv(out)
    expect(records).toHaveLength(100_002)
    expect(records.at(-1)![0] === task).toBe(true)
  })

  it('takes a run without spans, and one of before spans said which task is theirs', () => {
    const file = join(folder, 'empty.json')
    writeFileSync(file, JSON.stringify({ ...run, spans: [] }))
    expect(readCsv(cli('export', file, '--csv').out)).toHaveLength(1)
    writeFileSync(file, JSON.stringify({ ...run, spans: run.spans.map(({ taskIndex, ...span }) => span) }))
    expect(JSON.parse(cli('export', file, '--json').out)).toEqual(rows())
  })
})

describe('a picture', () => {
  it('cannot be made where there is neither Electron nor Chromium: code 1 and one sentence', () => {
    const { CHROMIUM: _, ...env } = process.env
    const nowhere = { ...env, PATH: folder, LOOPSCOPE_ELECTRON: join(folder, 'electron') }
    const args = [cliFile, 'export', runFile, '--png', '--out', join(folder, 'none.png')]
    const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', env: nowhere })
    expect(status).toBe(1)
    expect(stderr).toMatch(/^loopscope: A picture is drawn by Electron or Chromium, and there is none that could \([^\n]+\.\n$/)
    expect(existsSync(join(folder, 'none.png'))).toBe(false)
  })
})

describe('export refuses with code 2 and one line', () => {
  const refused = (...args: string[]) => {
    const { code, out, err } = cli('export', ...args)
    expect([code, out]).toEqual([2, ''])
    expect(err).toMatch(/^loopscope: [^\n]+\n$/)
    return err.slice('loopscope: '.length, -1)
  }
  const remedy = '; make the file with “run <scenario> --json”.'

  it.each([
    [[], 'export: say which file; it holds what “run <scenario> --json” printed.'],
    [['run.json'], 'export: say one of --csv, --json, --png and --svg.'],
    [['run.json', '--csv', '--json'], 'export: say one of --csv, --json, --png and --svg, not several.'],
    [['run.json', '--csv', '--png'], 'export: say one of --csv, --json, --png and --svg, not several.'],
    [['run.json', '--csv', '--width', '800'], '--width and --scale are for --png and --svg alone.'],
    [['run.json', '--png', '--width', '80'], '--width: “80” is not a whole number of pixels from 400 to 8,000.'],
    [['run.json', '--png', '--scale', '3'], '--scale: “3” is not 1, 2 or 4.'],
    [['run.json', '--png', '--scale'], '--scale takes 1, 2 or 4; none was given.'],
    [['run.json', '--svg', '--scale', '2'], '--scale is for --png; an SVG is as fine as it is shown.'],
    [['no-such-file', '--png'], `no-such-file does not exist${remedy}`],
    [['run.json', 'twice', '--csv'], '“twice” is one word too many; --help shows what is taken.'],
    [['run.json', '--xml'], 'There is no option “xml” here, only --csv, --json, --png, --svg, --width, --scale, --out.'],
    [['run.json', '--csv', '--out'], '--out takes the name of a file; none was given.'],
    [['no-such-file', '--csv'], `no-such-file does not exist${remedy}`],
    [['/dev/null', '--csv'], `/dev/null is not an ordinary file${remedy}`],
  ])('%j', (args, problem) => expect(refused(...args)).toBe(problem))

  it('a folder, and a file that is too large, without reading it', () => {
    expect(refused(folder, '--csv')).toBe(`${folder} is a folder and not a file${remedy}`)
    const file = join(folder, 'huge.json')
    writeFileSync(file, '')
    truncateSync(file, 1e9)
    expect(refused(file, '--csv')).toBe(`${file} has 1000 MB, and more than 500 are not read${remedy}`)
  })

  it.each([
    ['nothing', '', 'is not JSON'],
    ['half a document', '{"scenario": "join", "spans": [', 'is not JSON'],
    ['NaN', '{"speed": NaN}', 'is not JSON'],
    ['a hundred thousand brackets', '['.repeat(1e5), 'is not JSON'],
    ['what PowerShell 5 writes', Buffer.from('\ufeff{}', 'utf16le'), 'is not text in UTF-8'],
    ['a list', '[]', 'cannot be read: scenario is missing'],
    ['null', 'null', 'is not the document of a run: it is not an object'],
    ['another document', '{"scenario": "join"}', 'cannot be read: parameters is missing'],
    ['no speed', '{"scenario": "join", "parameters": {}, "speed": 0}', 'cannot be read: speed is not above 0'],
  ])('a file that holds %s', (_, content, problem) => {
    const file = join(folder, 'wrong.json')
    writeFileSync(file, content)
    expect(refused(file, '--csv')).toBe(`${file} ${problem}${remedy}`)
  })

  it.each<[string, (span: Record<string, unknown>) => unknown, string]>([
    ['ends before it starts', (span) => ({ ...span, startSeconds: 2, endSeconds: 1 }), 'spans[1] ends before it starts'],
    ['has no end', (span) => ({ ...span, endSeconds: null }), 'spans[1].endSeconds is not a number'],
    ['lacks its end', ({ endSeconds, ...span }) => span, 'spans[1].endSeconds is missing'],
    ['is at 1e18 s', (span) => ({ ...span, endSeconds: 1e18 }), 'spans[1].endSeconds is a time beyond 10,000,000,000 s'],
    ['has a number for a name', (span) => ({ ...span, task: 5 }), 'spans[1].task is not a text'],
    ['is in no known state', (span) => ({ ...span, state: 'idle' }), 'spans[1].state is none of created, ready, '],
    ['belongs to no task', (span) => ({ ...span, taskIndex: 99 }), 'spans[1].taskIndex names no task called as the span says'],
    ['belongs to a task of another name', (span) => ({ ...span, taskIndex: 2 }), 'spans[1].taskIndex names no task called as'],
    ['is a text', () => 'span', 'spans[1] is not an object'],
  ])('a span that %s', (_, change, problem) => {
    const file = join(folder, 'wrong.json')
    const spans = run.spans.map((span, index) => (index === 1 ? change({ ...span }) : span))
    writeFileSync(file, JSON.stringify({ ...run, spans }))
    const said = refused(file, '--csv')
    expect(said).toContain(`${file} cannot be read: ${problem}`)
    expect(said.endsWith(remedy)).toBe(true)
  })

  it('to write over the file that it reads, into a folder, or where nothing can be written', () => {
    const before = readFileSync(runFile, 'utf8')
    expect(refused(runFile, '--csv', '--out', runFile)).toContain('is the file that is read; name another file.')
    const link = join(folder, 'link.json')
    linkSync(runFile, link)
    expect(refused(runFile, '--csv', '--out', link)).toContain('is the file that is read; name another file.')
    expect(readFileSync(runFile, 'utf8')).toBe(before)
    mkdirSync(join(folder, 'sub'))
    expect(refused(runFile, '--csv', '--out', join(folder, 'sub'))).toContain('cannot be written (EISDIR); name another file.')
    expect(refused(runFile, '--csv', '--out', join(folder, 'none/x.csv'))).toContain('cannot be written (ENOENT)')
    expect(refused(runFile, '--csv', '--out=')).toBe('--out: “” is no name of a file; name another file.')
  })

  it.runIf(existsSync('/dev/full'))('says that what a full disk took is not whole', () => {
    const { code, err } = cli('export', runFile, '--csv', '--out', '/dev/full')
    expect(code).toBe(1)
    expect(err).toContain('--out: “/dev/full” could not be written to its end (ENOSPC), and is not whole')
    expect(err.trim().split('\n')).toHaveLength(1)
  })

  it('names with line ends and controls, on one line', () => {
    expect(refused('a\nb\u202ec', '--csv')).toBe(`a�b�c does not exist${remedy}`)
  })
})
