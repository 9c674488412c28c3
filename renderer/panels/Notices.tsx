/** Sentences that must be read once, above the status line. */
import { useLayoutEffect } from 'preact/hooks'
import { whenChartIsMissing } from '../charts/loadChart'
import { t } from '../locales'
import { notices } from '../state'
import { addNotice, dismissNotice } from '../state/notices'

export function Notices() {
  const words = t().notices
  useLayoutEffect(() => whenChartIsMissing(() => addNotice(() => t().notices.noChart)), [])
  if (notices.value.length === 0) return null
  return (
    <section class="notices" aria-label={words.label}>
      {notices.value.map((notice) => (
        <div key={notice.id} class="notice" role="alert">
          <p>{notice.say()}</p>
          <button type="button" class="button" onClick={() => dismissNotice(notice.id)}>
            {words.dismiss}
          </button>
        </div>
      ))}
    </section>
  )
}
