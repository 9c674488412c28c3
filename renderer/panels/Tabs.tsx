/** A row of tabs; arrows, Home and End move between them, as the ARIA pattern has it. Its panel is `<id>-panel`. */
import { t } from '../locales'
import type { Tab } from '../state'

interface TabsProps {
  readonly id: string
  readonly label: string
  readonly tabs: readonly Tab[]
  readonly chosen: Tab
  readonly choose: (tab: Tab) => void
}

export function Tabs({ id, label, tabs, chosen, choose }: TabsProps) {
  const onKeyDown = (event: KeyboardEvent) => {
    const next = nextTab(event.key, tabs, chosen)
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

function nextTab(key: string, tabs: readonly Tab[], chosen: Tab): Tab | undefined {
  const at = tabs.indexOf(chosen)
  switch (key) {
    case 'ArrowRight':
      return tabs[(at + 1) % tabs.length]
    case 'ArrowLeft':
      return tabs.at(at - 1)
    case 'Home':
      return tabs[0]
    case 'End':
      return tabs.at(-1)
    default:
      return undefined
  }
}
