/** A scenario's parameters: their description, and the one place where what a person typed becomes a value or a sentence. */
import type { LocalText } from './catalogue'
import { failure, type Result, success } from './result'

/**
 * integer: count. seconds: one duration; secondsOrNone: the same or `none`. secondsList, integerList: at least one. choice: one of `choices`.
 * text, url: as they are.
 */
export type ParameterKind = 'integer' | 'seconds' | 'secondsOrNone' | 'secondsList' | 'integerList' | 'choice' | 'text' | 'url'
/** In place of seconds: there is no limit. */
export const noLimit = 'none'
export type ParameterValue = number | readonly number[] | string
export type Parameters = Readonly<Record<string, ParameterValue>>

export interface ParameterInfo {
  /** As on the command line (`--set name=value`). */
  readonly name: string
  readonly kind: ParameterKind
  readonly default: ParameterValue
  /** Bounds of the number, or of each number of a list; both inclusive. */
  readonly min?: number
  readonly max?: number
  /** Entries of a list or characters of a text. */
  readonly maxLength?: number
  readonly choices?: readonly string[]
}

/** `6,3` for a list, else the value as text: what the form shows and the command line takes. */
export const formatParameter = (value: ParameterValue): string => (Array.isArray(value) ? value.join(', ') : String(value))

/** What a person typed → value. The problem names the parameter, what was typed and what is allowed. */
export function parseParameter(info: ParameterInfo, typed: string): Result<ParameterValue, LocalText> {
  const text = typed.trim()
  switch (info.kind) {
    case 'integer':
    case 'seconds':
      return checkParameter(info, decimal(text), typed)
    case 'secondsOrNone':
      return checkParameter(info, text === noLimit ? text : decimal(text), typed)
    case 'secondsList':
    case 'integerList':
      return checkParameter(
        info,
        text
          .replace(/^\[(.*)\]$/, '$1')
          .split(',')
          .map((part) => decimal(part.trim())),
        typed,
      )
    case 'choice':
    case 'text':
    case 'url':
      return checkParameter(info, text, typed)
  }
}

/** Any value from outside (wire, file) → value of the parameter's kind within its bounds. */
export function checkParameter(
  info: ParameterInfo,
  value: unknown,
  shown: string = JSON.stringify(value) ?? 'nothing',
): Result<ParameterValue, LocalText> {
  const wrong = () =>
    failure({
      en: `${info.name}: ${quote(shown)} is not ${allowed(info)}.`,
      zh: `${info.name}：${quote(shown)}不是${allowedChinese(info)}。`,
    })
  const inBounds = (n: unknown): n is number =>
    typeof n === 'number' && Number.isFinite(n) && n >= (info.min ?? -Infinity) && n <= (info.max ?? Infinity)
  switch (info.kind) {
    case 'integer':
      return inBounds(value) && Number.isInteger(value) ? success(value) : wrong()
    case 'seconds':
      return inBounds(value) ? success(value) : wrong()
    case 'secondsOrNone':
      return value === noLimit || inBounds(value) ? success(value) : wrong()
    case 'secondsList':
    case 'integerList':
      return Array.isArray(value) &&
        value.length > 0 &&
        value.length <= (info.maxLength ?? 1000) &&
        value.every((n) => inBounds(n) && (info.kind === 'secondsList' || Number.isInteger(n)))
        ? success(value)
        : wrong()
    case 'choice':
      return typeof value === 'string' && (info.choices ?? []).includes(value) ? success(value) : wrong()
    case 'text':
      return typeof value === 'string' && value.length > 0 && value.length <= (info.maxLength ?? 200) && !hasControl(value)
        ? success(value)
        : wrong()
    case 'url':
      return typeof value === 'string' && value.length <= (info.maxLength ?? 500) && /^rediss?:\/\/[^\s]+$/.test(value)
        ? success(value)
        : wrong()
  }
}

/** "a whole number from 1 to 64": completes "… is not". */
export function allowed(info: ParameterInfo): string {
  const range = info.min !== undefined && info.max !== undefined ? ` from ${info.min} to ${info.max.toLocaleString('en')}` : ''
  switch (info.kind) {
    case 'integer':
      return `a whole number${range}`
    case 'seconds':
      return `a number of seconds${range}`
    case 'secondsOrNone':
      return `a number of seconds${range}, or ${noLimit}`
    case 'integerList':
      return `a list of 1 to ${(info.maxLength ?? 1000).toLocaleString('en')} whole numbers${range}, separated by commas`
    case 'choice':
      return `one of ${(info.choices ?? []).join(', ')}`
    case 'secondsList':
      return `a list of 1 to ${(info.maxLength ?? 1000).toLocaleString('en')} numbers of seconds${range}, separated by commas`
    case 'text':
      return `a text of 1 to ${info.maxLength ?? 200} characters without control characters`
    case 'url':
      return 'an address like redis://127.0.0.1:6379'
  }
}

/** The same in Chinese: completes “不是…”. */
function allowedChinese(info: ParameterInfo): string {
  const range = info.min !== undefined && info.max !== undefined ? ` ${info.min} 到 ${info.max.toLocaleString('en')} 的` : ''
  const list = `1 到 ${(info.maxLength ?? 1000).toLocaleString('en')} 个`
  switch (info.kind) {
    case 'integer':
      return `${range}整数`
    case 'seconds':
      return `${range}秒数`
    case 'secondsOrNone':
      return `${range}秒数，也不是 ${noLimit}`
    case 'integerList':
      return `用逗号分开的 ${list}${range}整数`
    case 'choice':
      return ` ${(info.choices ?? []).join('、')} 之一`
    case 'secondsList':
      return `用逗号分开的 ${list}${range}秒数`
    case 'text':
      return ` 1 到 ${info.maxLength ?? 200} 个字符、不含控制字符的文本`
    case 'url':
      return '形如 redis://127.0.0.1:6379 的地址'
  }
}

const longestSearched = 4000

/**
 * A text as it may be shown anywhere: addresses in it keep their user and lose their password. People mistype addresses, so what might be a
 * password goes, too: with blanks in it, without a scheme before it, without a host after it. Doing it twice changes nothing. A text beyond
 * 4,000 characters is cut before its last word or entry: the search takes the square of its length, and half an address could give its password away.
 */
export const withoutPassword = (text: string) =>
  (text.length > longestSearched ? `${text.slice(0, longestSearched - 1).replace(/[^\s,]*$/, '')}…` : text)
    .replace(/([a-z][a-z0-9+.-]*:\/+)([^“”\n]*)@/gi, (_all, scheme: string, user: string) => {
      const name = user.split(':')[0]
      return name && name !== hiddenPassword ? `${scheme}${name}:${hiddenPassword}@` : `${scheme}${hiddenPassword}@`
    })
    .replace(/(^|[\s“"'=(])([^\s:@/“"'=(]*):(?!\/)[^\s@]+@/g, `$1$2:${hiddenPassword}@`)
    .replace(/([a-z][a-z0-9+.-]*:\/+[^\s:/@[\]“”]*):(?!\d{1,5}(?![\w%#])|…)[^\s“”"]+/gi, `$1:${hiddenPassword}`)
/** Stands where a password was. */
export const hiddenPassword = '…'

/** As pages, documents and files may hold them: a URL's password is in the run's own memory and nowhere else. */
export const publicParameters = (parameters: Parameters): Parameters =>
  Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [name, typeof value === 'string' ? withoutPassword(value) : value]),
  )

const decimal = (text: string) => (/^[+-]?(\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : Number.NaN)
const hasControl = (text: string) => [...text].some((c) => c < ' ' || c === '\u007f')
function quote(text: string): string {
  // Hidden before it is cut: a cut address could lose the @ that gives its password away.
  const shown = withoutPassword(text)
  return `“${shown.length > 60 ? `${shown.slice(0, 57)}…` : shown}”`
}
