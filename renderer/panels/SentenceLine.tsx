/** The sentence under the chart, and the way to the counterpart that shows the difference. */
import { useEffect, useState } from 'preact/hooks'
import { local, t } from '../locales'
import { selection, slowFrames } from '../state'
import { toggleContrast } from '../state/actions'
import { chosen, contrastOn, contrastSet, isOver, shown } from '../state/derived'
import { type Sentence, sentenceOf } from '../state/sentence'
import { CrossIcon, HeldIcon } from './icons'
import { plain, Rich } from './Rich'

export function SentenceLine() {
  slowFrames.value
  const run = shown.value.find((one) => one.info.id === selection.value?.run) ?? shown.value[0]
  const sentence = run ? sentenceOf(run, selection.value?.run === run.info.id ? selection.value.task : null) : idle()
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
      <Announcer sentence={sentence} />
    </section>
  )
}

function idle(): Sentence {
  const words = t().idle
  const count = contrastSet.value.length
  return { kind: 'idle', text: contrastOn.value ? words.readyContrast(count) : words.ready, tone: 'plain' }
}

/** A screen reader hears what is new, at most once a second, and not every tenth of a second that a programme runs. */
function Announcer({ sentence }: { readonly sentence: Sentence }) {
  const [said, say] = useState('')
  // A later time in the same sentence is not news: only its kind counts.
  useEffect(() => {
    const timer = setTimeout(() => say(plain(sentence.text)), 1000)
    return () => clearTimeout(timer)
  }, [sentence.kind])
  return (
    <p class="for-readers" role="status" aria-live="polite">
      {said}
    </p>
  )
}
