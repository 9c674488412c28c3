/** The sentence under the chart, and the way to the counterpart that shows the difference. */
import { local, t } from '../locales'
import { connection, selection, slowFrames, starting } from '../state'
import { toggleContrast } from '../state/actions'
import { chosen, contrastOn, contrastSet, isOver, shown, whyNoRun } from '../state/derived'
import { type Sentence, sentenceOf } from '../state/sentence'
import { comingOf } from '../state/synthetic'
import { Announcer } from './Announcer'
import { Coming } from './Coming'
import { CrossIcon, HeldIcon } from './icons'
import { Rich } from './Rich'

export function SentenceLine() {
  slowFrames.value
  const run = shown.value.find((one) => one.info.id === selection.value?.run) ?? shown.value[0]
  const coming = run && comingOf(run)
  if (coming) return <Coming run={run} progress={coming} />
  const sentence = run ? sentenceOf(run) : idle()
  const other =
    contrastSet.value.length === 2 ? contrastSet.value.find((scenario) => scenario.id !== chosen.value?.id) : undefined
  return (
    <section class={`sentence ${sentence.tone}`} aria-label={t().sentence.label}>
      {sentence.tone === 'held' && <HeldIcon />}
      {sentence.tone === 'alert' && <CrossIcon />}
      <p>
        <Rich text={sentence.text} />
      </p>
      {isOver.value && !contrastOn.value && other && (
        <button type="button" class="link" onClick={toggleContrast}>
          {t().sentence.compareWith(local(other.menu))} <span aria-hidden="true">→</span>
        </button>
      )}
      <Announcer kind={sentence.kind} text={sentence.text} />
    </section>
  )
}

function idle(): Sentence {
  const words = t().idle
  // What must be put right first is said here, too: a disabled button tells nobody why.
  const why = starting.value || connection.value.phase !== 'connected' ? null : whyNoRun.value
  if (why) return { kind: why, text: why, tone: 'alert' }
  if (chosen.value?.group === 'developer') return { kind: 'idle', text: t().synthetic.ready, tone: 'plain' }
  const count = contrastSet.value.length
  return { kind: 'idle', text: contrastOn.value ? words.readyContrast(count) : words.ready, tone: 'plain' }
}
