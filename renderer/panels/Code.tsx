/** The programme as it stands in the running bundle, or the same in Python, with line numbers; the lines of the selected bar are lit. */
import { useEffect, useRef } from 'preact/hooks'
import { t } from '../locales'
import { unreachedLines } from '../model/labels'
import { highlight, type Language, type Piece } from './highlight'

interface CodeProps {
  readonly language: Language
  readonly text: string
  /** Lines of the text, from 0. */
  readonly lit: readonly number[]
}

/** A long line goes on under its own beginning. */
const indentOf = (pieces: readonly Piece[]) => /^ */.exec(pieces[0]?.text ?? '')![0].length

export function Code({ language, text, lit }: CodeProps) {
  const section = useRef<HTMLElement>(null)
  const lines = highlight(text, language)
  // Blank lines before the first are not shown.
  const hidden = /^(?:[^\S\n]*\n)*/.exec(text)![0].split('\n').length - 1
  const never = unreachedLines(text)
  const first = lit[0] === undefined ? null : lit[0] - hidden
  useEffect(() => {
    if (first !== null) showLine(section.current, first)
  }, [first, text])
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section class="code" ref={section} tabIndex={0} aria-label={t().code[language]}>
      <ol>
        {lines.map((pieces, index) => (
          <li
            key={index}
            class={lit.includes(index + hidden) ? 'lit' : undefined}
            aria-current={lit.includes(index + hidden) ? 'true' : undefined}
            style={{ '--indent': `${indentOf(pieces)}ch` }}
          >
            {pieces.map((piece, at) =>
              piece.kind === 'text' ? (
                piece.text
              ) : (
                <span key={at} class={piece.kind}>
                  {piece.text}
                </span>
              ),
            )}
            {pieces.length === 0 && ' '}
            {never.includes(index + hidden) && <em class="never-reached">{t().code.neverReached}</em>}
          </li>
        ))}
      </ol>
    </section>
  )
}

/** Scrolls the pane, and nothing around it, so that the line is in sight. */
function showLine(pane: HTMLElement | null, line: number): void {
  const item = pane?.querySelectorAll('li')[line]
  if (!pane || !item) return
  const top = item.offsetTop - pane.offsetTop
  if (top < pane.scrollTop || top + item.offsetHeight > pane.scrollTop + pane.clientHeight) {
    pane.scrollTop = Math.max(0, top - pane.clientHeight / 3)
  }
}
