/** The dialog "How this was measured": for each run that is shown, every error in plain words with its value. */
import { t } from '../locales'
import { measuredOpen, type RunView, slowFrames } from '../state'
import { closeMeasured, openMeasured } from '../state/actions'
import { shown, titleOf } from '../state/derived'
import { measuredFacts } from '../state/measured'
import { Rich } from './Rich'
import { Sheet } from './Sheet'

/** At the right of the status line; where nothing has run there is nothing to say yet, and of what was made up nothing at all. */
export function MeasuredLink() {
  if (shown.value.every(({ info }) => info.synthetic)) return null
  return (
    <button type="button" class="link" aria-haspopup="dialog" onClick={openMeasured}>
      {t().measured.title}
    </button>
  )
}

export function Measured() {
  return measuredOpen.value && shown.value.length > 0 ? <Dialog runs={shown.value} /> : null
}

function Dialog({ runs }: { readonly runs: readonly RunView[] }) {
  slowFrames.value
  const words = t().measured
  return (
    <Sheet name="measured" title={words.title} close={words.close} onClose={closeMeasured}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section class="dialog-text" tabIndex={0} aria-labelledby="measured-title">
        <p class="lead">{words.lead}</p>
        {runs.map((run) => (
          <section key={run.info.id}>
            {runs.length > 1 && <h3>{titleOf(run.info.scenario)}</h3>}
            <dl>
              {measuredFacts(run).map(({ id, text, alert }) => (
                <div key={id} class={alert ? 'alert' : undefined} data-fact={id}>
                  <dt>{words.names[id]}</dt>
                  <dd>
                    <Rich text={text} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
        <p class="lead">{words.notKnown}</p>
      </section>
    </Sheet>
  )
}
