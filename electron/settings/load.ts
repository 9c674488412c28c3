/** Reads a settings file. What cannot be used in it is never overwritten: the file is set aside under another name, byte for byte. */
import { existsSync, readFileSync, renameSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import type { LocalText } from '#protocol/catalogue'
import { failure, type Result, success } from '#protocol/result'
import { defaultSettings } from '#protocol/settings'
import { damaged, newer, partlyDamaged, stuck } from './notices'
import { type FileContent, type KnownScenario, type Reading, readContent } from './schema'

/** Thousands of times what settings are; what is larger is not read at all. */
const mostBytes = 4 * 1024 * 1024

export interface Loaded {
  readonly content: FileContent
  readonly notice: LocalText | null
  /** The file no longer says what is in `content`. */
  readonly isStale: boolean
  /** False: what is there could not be set aside, and must not be lost. */
  readonly mayWrite: boolean
}

export function load(file: string, scenarios: readonly KnownScenario[]): Loaded {
  const reading = read(file, scenarios)
  const content = reading?.kind === 'content' ? reading.content : { settings: defaultSettings, passwords: {}, window: null }
  if (reading === null || (reading.kind === 'content' && reading.wrong.length === 0)) {
    return { content, notice: null, isStale: false, mayWrite: true }
  }
  const aside = setAside(file, reading.kind === 'newer' ? 'newer' : 'damaged')
  if (!aside.ok) return { content, notice: stuck(file, aside.problem), isStale: false, mayWrite: false }
  return { content, notice: noticeOf(reading, file, aside.value), isStale: reading.kind === 'content', mayWrite: true }
}

function noticeOf(reading: Reading, file: string, aside: string): LocalText {
  if (reading.kind === 'newer') return newer(file, aside)
  if (reading.kind === 'content') return partlyDamaged(file, reading.wrong, aside)
  return damaged(file, reading.reason, aside)
}

/** Null: there is no file, as before the first change. */
function read(file: string, scenarios: readonly KnownScenario[]): Reading | null {
  try {
    const stat = statSync(file)
    if (!stat.isFile()) return { kind: 'unusable', reason: 'noFile' }
    if (stat.size > mostBytes) return { kind: 'unusable', reason: 'tooLarge' }
    return readContent(readFileSync(file), scenarios)
  } catch (error) {
    const code = codeOf(error)
    return code === 'ENOENT' || code === 'ENOTDIR' ? null : { kind: 'unusable', reason: code }
  }
}

/** The name that the file now has; the problem is the error's code. */
function setAside(file: string, why: 'damaged' | 'newer'): Result<string> {
  const name = `${file}.${why}-${new Date().toISOString().replaceAll(':', '-')}`
  try {
    let free = name
    for (let n = 2; existsSync(free); n++) free = `${name}-${n}`
    renameSync(file, free)
    return success(basename(free))
  } catch (error) {
    return failure(codeOf(error))
  }
}

/** `EACCES`; the words of whatever is no error of the file system. */
export const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? String(error)
