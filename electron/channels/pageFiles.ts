/** The built page as both hosts serve it: the same files, headers and refusals, whether the request came by our scheme or by HTTP. */
import { readFile } from 'node:fs/promises'
import { extname, isAbsolute, join, relative } from 'node:path'
import type { Appearance } from '#protocol/settings'

/** No inline script or style, nothing from elsewhere; `'self'` admits the WebSocket of the page's own host and port. */
export const contentSecurityPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src blob:; font-src 'self'; " +
  "connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-src 'none'; require-trusted-types-for 'script'"

/** On every answer. The last three make the page cross-origin isolated, which gives it clocks finer than 0.1 ms. */
export const securityHeaders = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
} as const

export interface PageAnswer {
  readonly status: 200 | 404
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

/** `path`: the path of the address, still percent-encoded. Only files inside `folder` are ever read. */
export async function pageFile(folder: string, path: string, appearance: Appearance): Promise<PageAnswer> {
  const file = fileWithin(folder, path)
  const text = file === null ? null : await readIfThere(file)
  const body = text && extname(file!) === '.html' ? withAppearance(text, appearance) : text
  if (file === null || body === null) return answer(404, 'text/plain; charset=utf-8', Buffer.from('Not found.\n'))
  return answer(200, types[extname(file)] ?? 'application/octet-stream', body)
}

/** Address path → file inside the folder, or null for everything that is none. Backslashes and NULs have no place in our file names. */
export function fileWithin(folder: string, path: string): string | null {
  let decoded: string
  try {
    decoded = decodeURIComponent(path)
  } catch {
    return null
  }
  if (/[\\\0]/.test(decoded)) return null
  const file = join(folder, decoded)
  const inside = relative(folder, file)
  if (inside.startsWith('..') || isAbsolute(inside)) return null
  return inside === '' ? join(folder, 'index.html') : file
}

/** A page that learnt its theme and language only from the engine would be seen in the wrong ones first. */
function withAppearance(html: Buffer, { theme, language }: Appearance): Buffer {
  const shown = theme === 'system' ? '' : ` data-theme="${theme}"`
  return Buffer.from(
    String(html).replace(/<html\b([^>]*)>/, (_tag, others: string) => {
      const rest = shown ? others.replace(/ data-theme="\w*"/, '') : others
      return `<html${rest}${shown} data-theme-setting="${theme}" data-language-setting="${language}">`
    }),
  )
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
}

const answer = (status: 200 | 404, type: string, body: Buffer): PageAnswer => ({
  status,
  headers: { ...securityHeaders, 'content-type': type, 'content-length': String(body.length), 'cache-control': 'no-cache' },
  body,
})

/** A file that is not there or is a folder is an answer (404); any other trouble is an error. */
async function readIfThere(file: string): Promise<Buffer | null> {
  try {
    return await readFile(file)
  } catch (error) {
    if (['ENOENT', 'EISDIR', 'ENOTDIR', 'ENAMETOOLONG'].includes((error as NodeJS.ErrnoException).code ?? '')) return null
    throw error
  }
}
