/** In place of the sentence while a large run is on its way: how much of it has come, and the way out of one that is made up. */
import { t } from '../locales'
import type { RunView } from '../state'
import { cancelSynthetic, type Coming as Progress } from '../state/synthetic'
import { Announcer } from './Announcer'
import { Rich } from './Rich'

export function Coming({ run, progress: { come, all, made } }: { readonly run: RunView; readonly progress: Progress }) {
  const words = t().synthetic
  const text = made ? words.made(come, all) : words.come(come, all)
  return (
    <section class="sentence coming" aria-label={t().sentence.label}>
      <p>
        <Rich text={text} />
      </p>
      <progress aria-label={words.progress} value={come} max={all} />
      {run.info.synthetic && (
        <button type="button" class="button" title={words.cancelTitle} onClick={() => cancelSynthetic(run)}>
          {words.cancel}
        </button>
      )}
      <Announcer kind={made ? 'made' : 'come'} text={text} />
    </section>
  )
}
