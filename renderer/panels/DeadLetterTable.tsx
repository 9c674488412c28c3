/** The table of dead letters, and below it the one that is looked at. */
import { useEffect, useRef, useState } from 'preact/hooks'
import type { DeadLetter } from '#protocol/deadLetters'
import { openEnvelope } from '#protocol/envelope'
import { t } from '../locales'
import { dateTime } from '../model/format'
import type { DeadPanel } from '../state'
import { chooseAllDeadLetters, chooseDeadLetter, moreDeadLetters } from '../state/deadLetters'
import { nextPlace } from './nextPlace'

export function DeadLetterTable({ panel }: { readonly panel: DeadPanel }) {
  const words = t().dead
  const { letters, chosen, next, find } = panel
  const [current, setCurrent] = useState<string | null>(null)
  const body = useRef<HTMLTableSectionElement>(null)
  const place = letters.findIndex(({ digest }) => digest === current)
  // Looked at is one that is there: of what was put back nothing is left to read.
  useEffect(() => {
    if (current !== null && place < 0) setCurrent(null)
  }, [letters])
  const onKeyDown = (event: KeyboardEvent) => {
    const boxes = [...(body.current?.querySelectorAll('input') ?? [])]
    const to = nextPlace(event.key, 'column', boxes.length, boxes.indexOf(document.activeElement as HTMLInputElement))
    if (to === undefined) return
    event.preventDefault()
    boxes[to]?.focus()
  }
  if (next !== null && letters.length === 0) return <p class="dead-empty">{find === '' ? words.none : words.noneFound}</p>
  return (
    <>
      <div class="table-scroll dead-scroll">
        <table class="dead-table">
          <caption class="for-readers">{words.caption}</caption>
          <thead>
            <tr>
              <td class="box">
                <input
                  type="checkbox"
                  aria-label={words.chooseAll}
                  title={words.chooseAll}
                  checked={letters.length > 0 && chosen.size === letters.length}
                  ref={(box) => {
                    if (box) box.indeterminate = chosen.size > 0 && chosen.size < letters.length
                  }}
                  onChange={(event) => chooseAllDeadLetters(event.currentTarget.checked)}
                />
              </td>
              {(['at', 'task', 'reason', 'payload', 'deaths', 'consumer'] as const).map((column) => (
                <th key={column} scope="col" class={column} title={column === 'deaths' ? words.deathsTitle : undefined}>
                  {words.columns[column]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody ref={body} onKeyDown={onKeyDown}>
            {letters.map((letter, index) => (
              <Row
                key={letter.digest}
                letter={letter}
                chosen={chosen.has(letter.digest)}
                current={index === place}
                inTabOrder={index === Math.max(0, place)}
                onCurrent={() => setCurrent(letter.digest)}
              />
            ))}
          </tbody>
        </table>
        {next !== null && next > 0 && (
          <button type="button" class="button more" disabled={panel.busy !== null} onClick={() => void moreDeadLetters()}>
            {words.more}
          </button>
        )}
      </div>
      {letters[place] && <Detail letter={letters[place]} />}
    </>
  )
}

interface RowProps {
  readonly letter: DeadLetter
  readonly chosen: boolean
  readonly current: boolean
  readonly inTabOrder: boolean
  readonly onCurrent: () => void
}

function Row({ letter, chosen, current, inTabOrder, onCurrent }: RowProps) {
  const words = t().dead
  const { digest, ord, at, reason, consumer, deaths, payload } = letter
  // Of an envelope what is in it: the beginning of each is the same.
  const content = openEnvelope(payload)?.payload ?? payload
  const when = at === null ? words.unknown : dateTime(at)
  return (
    <tr class={current ? 'on' : undefined} onClick={onCurrent}>
      <td class="box">
        <input
          type="checkbox"
          tabIndex={inTabOrder ? 0 : -1}
          checked={chosen}
          aria-label={words.choose(ord === null ? words.unnamed(when) : `#${ord}`)}
          onFocus={onCurrent}
          onChange={(event) => chooseDeadLetter(digest, event.currentTarget.checked)}
        />
      </td>
      <td class="at">{when}</td>
      <th scope="row" class="task">
        {ord === null ? words.unknown : `#${ord}`}
      </th>
      <td class="reason" title={reason ?? words.notOurs}>
        {reason ?? words.notOurs}
      </td>
      <td class="payload">{content === '' ? words.empty : <code>{content}</code>}</td>
      <td class="deaths">{deaths}</td>
      <td class="consumer" title={consumer}>
        {consumer || words.unknown}
      </td>
    </tr>
  )
}

/** What a row has no room for. */
function Detail({ letter: { reason, payload, bytes, consumer, ord } }: { readonly letter: DeadLetter }) {
  const words = t().dead
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section class="dead-detail" tabIndex={0} aria-label={words.detail}>
      <p class="reason">{reason ?? words.notOurs}</p>
      <p class="about">
        {ord !== null && `#${ord} · `}
        {consumer && `${consumer} · `}
        {words.size(bytes, payload.endsWith('…'))}
      </p>
      {payload !== '' && <pre>{payload}</pre>}
    </section>
  )
}
