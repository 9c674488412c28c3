/** A text of the catalogue with its two marks: `**…**` bold, `` `…` `` code. Only text nodes are made, so nothing from the wire becomes markup. */
export function Rich({ text }: { readonly text: string }) {
  return (
    <>
      {text.split(/(\*\*[^*]+\*\*|`[^`]+`)/).map((part, index) => {
        if (part.startsWith('**')) return <b key={index}>{part.slice(2, -2)}</b>
        if (part.startsWith('`')) return <code key={index}>{part.slice(1, -1)}</code>
        return part
      })}
    </>
  )
}

/** The same text where only plain characters can go: a title, a screen reader's line. */
export const plain = (text: string) => text.replaceAll('**', '').replaceAll('`', '')
