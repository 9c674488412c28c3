/** A reader of CSV by the grammar of RFC 4180 and nothing beyond it: what a strict program would read. Throws where the text breaks a rule. */
export function readCsv(text: string): string[][] {
  const records: string[][] = []
  let record: string[] = []
  let at = 0
  while (at < text.length) {
    const [field, next] = text[at] === '"' ? escaped(text, at + 1) : plain(text, at)
    record.push(field)
    if (text[next] === ',') at = next + 1
    else if (text.startsWith('\r\n', next)) {
      records.push(record)
      record = []
      at = next + 2
    } else throw new SyntaxError(`neither a comma nor CRLF follows the field that ends at ${next}`)
  }
  return records
}

function escaped(text: string, from: number): [field: string, next: number] {
  let field = ''
  let at = from
  for (;;) {
    const quote = text.indexOf('"', at)
    if (quote < 0) throw new SyntaxError(`the quote that opens at ${from - 1} is never closed`)
    field += text.slice(at, quote)
    if (text[quote + 1] !== '"') return [field, quote + 1]
    field += '"'
    at = quote + 2
  }
}

function plain(text: string, from: number): [field: string, next: number] {
  let at = from
  while (at < text.length && text[at] !== ',' && text[at] !== '\r') at++
  const field = text.slice(from, at)
  if (/["\n]/.test(field)) throw new SyntaxError(`the field at ${from} has a quote or a line's end and no quotes around it`)
  return [field, at]
}
