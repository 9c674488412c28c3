/** A row of tabs; arrows, Home and End move between them, as the ARIA pattern has it. Its panel is `<id>-panel`. */
import { t } from '../locales'
import type { Tab } from '../state'
import { nextPlace } from './nextPlace'

interface TabsProps {
  readonly id: string
  readonly label: string
  readonly tabs: readonly Tab[]
  readonly chosen: Tab
  readonly choose: (tab: Tab) => void
}

export function Tabs({ id, label, tabs, chosen, choose }: TabsProps) {
  const onKeyDown = (event: KeyboardEvent) => {
    const place = nextPlace(event.key, 'row', tabs.length, tabs.indexOf(chosen))
    const next = place === undefined ? undefined : tabs[place]
    if (next === undefined) return
    choose(next)
    document.getElementById(`${id}-${next}`)?.focus()
    event.preventDefault()
  }
  return (
    <div class="tabs" role="tablist" aria-label={label} onKeyDown={onKeyDown}>
      {tabs.map((tab) => (
        <button
          key={tab}
          id={`${id}-${tab}`}
          type="button"
          role="tab"
          aria-selected={chosen === tab}
          aria-controls={`${id}-panel`}
          tabIndex={chosen === tab ? 0 : -1}
          onClick={() => choose(tab)}
        >
          {t().code[tab]}
        </button>
      ))}
    </div>
  )
}
