/** The way of the selected item of a queue: one ribbon to scale, and under it each part with its time and its words. */
import { t } from '../locales'
import { exact, prose } from '../model/format'
import { type Part, type Way, wayOf } from '../model/journeyParts'
import { type RunView, selection, slowFrames } from '../state'

export function Journey({ run }: { readonly run: RunView | undefined }) {
  slowFrames.value
  const chosen = selection.value
  if (!run || chosen?.run !== run.info.id || chosen.task >= run.store.taskCount) return null
  const way = wayOf(run.store, chosen.task)
  if (!way) return null
  const words = t().journey
  return (
    <section class="journey" aria-label={words.label(run.store.nameOf(chosen.task))}>
      <div class="journey-ribbon" aria-hidden="true">
        {way.parts.map((part) => (
          <i key={part.kind} class={look(part, way)} style={{ flexGrow: part.to - part.from }} />
        ))}
      </div>
      <ol>
        {way.parts.map((part) => (
          <li key={part.kind} data-part={part.kind}>
            <i class={look(part, way)} aria-hidden="true" />
            <b>{lengthOf(part)}</b> <span>{saidOf(part, way)}</span>
          </li>
        ))}
      </ol>
      <p class="note">{noteOf(way)}</p>
    </section>
  )
}

/** As on the chart a task that mostly awaits is half as high: its loop is free. */
const look = ({ kind, from, to, goesOn }: Part, { suspended }: Way) =>
  [kind, kind === 'ran' && suspended > (to - from) / 2 && 'awaits', goesOn && 'goes-on'].filter(Boolean).join(' ')

const lengthOf = ({ from, to }: Part) => prose(to - from, t().units)

function saidOf({ kind, goesOn }: Part, { suspended, how }: Way): string {
  const words = t().journey
  const said = kind === 'settled' && how === 'buried' ? words.buried : words.parts[kind]
  const awaited = kind === 'ran' && suspended > 0 ? words.suspended(prose(suspended, t().units)) : ''
  return `${said}${awaited}${goesOn ? words.goesOn : ''}`
}

function noteOf({ push, ahead, ended, how, parts }: Way): string {
  const words = t().journey
  const whole = parts.length > 0 ? parts.at(-1)!.to - parts[0]!.from : 0
  const unsettled = ended && how === null ? words.unsettled : null
  return [words.push[push](prose(ahead, t().units)), unsettled, words.whole(exact(whole, t().units))]
    .filter((sentence) => sentence !== null)
    .join(t().sentence.gap)
}
