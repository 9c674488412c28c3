/** The programme as it stands in the running bundle, with line numbers. */
import type { ScenarioInfo } from '#protocol/catalogue'
import { t } from '../locales'
import { highlight, type Piece } from './highlight'

/** A long line goes on under its own beginning. */
const indentOf = (pieces: readonly Piece[]) => /^ */.exec(pieces[0]?.text ?? '')![0].length

export function Code({ scenario }: { readonly scenario: ScenarioInfo }) {
  const lines = highlight(scenario.typescript)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section class="code" tabIndex={0} aria-label={t().code.typescript}>
      <ol>
        {lines.map((pieces, index) => (
          <li key={index} style={{ '--indent': `${indentOf(pieces)}ch` }}>
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
          </li>
        ))}
      </ol>
    </section>
  )
}
