/** Reads XML as strictly as its rules are; what is not well-formed throws. */

export interface Element {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: Element[]
  /** Of itself, without its children's. */
  text: string
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }
const allowed = /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u

function decoded(text: string): string {
  if (text.includes('<')) throw new Error(`“<” in ${text.slice(0, 40)}`)
  return text.replace(/&(?:([a-z]+|#39);)?/g, (all, name: string | undefined) => {
    const letter = name === undefined ? undefined : entities[name]
    if (letter === undefined) throw new Error(`${all} is no entity`)
    return letter
  })
}

export function readXml(xml: string): Element {
  if (!allowed.test(xml)) throw new Error('a letter that may stand in no XML')
  const root: Element = { name: '', attributes: {}, children: [], text: '' }
  const open = [root]
  let at = 0
  for (const found of xml.matchAll(/<(\/?)([\w-]+)((?:\s+[\w:-]+="[^"]*")*)\s*(\/?)>/g)) {
    const [tag, closing, name = '', attributes = '', empty] = found
    open[open.length - 1]!.text += decoded(xml.slice(at, found.index))
    at = found.index + tag.length
    if (closing) {
      if (open.pop()?.name !== name) throw new Error(`</${name}> closes what is not open`)
      continue
    }
    const pairs = [...attributes.matchAll(/([\w:-]+)="([^"]*)"/g)].map(([, key, value]) => [key!, decoded(value!)] as const)
    if (new Set(pairs.map(([key]) => key)).size < pairs.length) throw new Error(`<${name}> has an attribute twice`)
    const element: Element = { name, attributes: Object.fromEntries(pairs), children: [], text: '' }
    open[open.length - 1]!.children.push(element)
    if (!empty) open.push(element)
  }
  root.text += decoded(xml.slice(at))
  if (open.length !== 1 || root.children.length !== 1 || root.text.trim() !== '') throw new Error('not one whole element')
  return root.children[0]!
}

/** All elements of a name, in the order of the file. */
export const all = (element: Element, name: string): Element[] =>
  element.children.flatMap((child) => [...(child.name === name ? [child] : []), ...all(child, name)])
