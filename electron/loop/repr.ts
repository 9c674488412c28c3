/** Values as Python's `repr` prints them, for what futures and tasks tell of themselves. */
export function repr(value: unknown): string {
  if (value === undefined || value === null) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (typeof value === 'string') return quoted(value)
  if (Array.isArray(value)) return `[${value.map(repr).join(', ')}]`
  if (value instanceof Error) return `${value.name}(${value.message === '' ? '' : quoted(value.message)})`
  if (typeof value === 'function') return `<function ${value.name || '<lambda>'}>`
  return String(value)
}

const quoted = (text: string) => {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'"
  const inner = text.replace(/\\/g, '\\\\').replace(/\n/g, '\\n').replaceAll(quote, `\\${quote}`)
  return `${quote}${inner}${quote}`
}
