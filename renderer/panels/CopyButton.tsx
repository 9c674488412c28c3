/** Copies a text and says whether the system let it. */
import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { t } from '../locales'
import { CopyIcon, DoneIcon } from './icons'

interface CopyButtonProps {
  readonly text: string
  readonly title: string
  readonly quiet?: boolean
  readonly children?: ComponentChildren
}

export function CopyButton({ text, title, quiet, children }: CopyButtonProps) {
  const [outcome, setOutcome] = useState<'none' | 'copied' | 'refused'>('none')
  const words = t().code
  useEffect(() => {
    if (outcome === 'none') return
    const timer = setTimeout(() => setOutcome('none'), 2000)
    return () => clearTimeout(timer)
  }, [outcome])
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setOutcome('copied'),
      () => setOutcome('refused'),
    )
  const said = outcome === 'copied' ? words.copied : outcome === 'refused' ? words.notCopied : ''
  return (
    <button
      type="button"
      class={`button copy${quiet ? ' quiet' : ''}${children ? '' : ' icon-only'}`}
      title={said || title}
      aria-label={title}
      onClick={copy}
    >
      {outcome === 'copied' ? <DoneIcon /> : <CopyIcon />}
      {children && <span>{children}</span>}
      <span class="for-readers" role="status">
        {said}
      </span>
    </button>
  )
}
