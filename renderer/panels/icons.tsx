/** Icons: 16 px, strokes of 1.5 px with round ends in the current colour; play and stop are filled. Their words stand beside them. */
import type { ComponentChildren } from 'preact'

const Icon = ({ solid = false, children }: { readonly solid?: boolean; readonly children: ComponentChildren }) => (
  <svg class={solid ? 'icon solid' : 'icon'} viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
    {children}
  </svg>
)

export const PlayIcon = () => (
  <Icon solid>
    <path d="M4 2.5v11l9-5.5z" />
  </Icon>
)
export const PauseIcon = () => (
  <Icon solid>
    <path d="M4 3h3v10H4zM9 3h3v10H9z" />
  </Icon>
)
export const StopIcon = () => (
  <Icon solid>
    <path d="M3.5 3.5h9v9h-9z" />
  </Icon>
)
export const ContrastIcon = () => (
  <Icon>
    <path d="M2 5h9M2 11h6M13 3v10" />
  </Icon>
)
export const SidebarIcon = () => (
  <Icon>
    <rect x="2" y="3" width="12" height="10" rx="1" />
    <path d="M6 3v10" />
  </Icon>
)
export const PanelsIcon = () => (
  <Icon>
    <rect x="2" y="3" width="12" height="10" rx="1" />
    <path d="M2 8.5h12" />
  </Icon>
)
export const CopyIcon = () => (
  <Icon>
    <rect x="5.5" y="5.5" width="8" height="8" rx="1" />
    <path d="M10.5 5.5v-3h-8v8h3" />
  </Icon>
)
export const PushIcon = () => (
  <Icon>
    <path d="M2 8h9M8 4.5 11.5 8 8 11.5M14 2.5v11" />
  </Icon>
)
export const CrossIcon = () => (
  <Icon>
    <path d="M3.5 3.5l9 9M12.5 3.5l-9 9" stroke-width="2" />
  </Icon>
)
export const HeldIcon = () => (
  <Icon>
    <path d="M3 2.5h10M3 13.5h10M4.5 2.5c0 4 7 7 7 11M11.5 2.5c0 4-7 7-7 11" />
  </Icon>
)
export const ChevronIcon = () => (
  <Icon>
    <path d="M5 6.5l3 3 3-3" />
  </Icon>
)
export const ExportIcon = () => (
  <Icon>
    <path d="M8 2v8M4.5 6.8 8 10.3l3.5-3.5M2.5 13.5h11" />
  </Icon>
)
export const DoneIcon = () => (
  <Icon>
    <path d="M3 8.5l3.2 3.2L13 4.8" />
  </Icon>
)
/** Half filled: as the system; a ring with rays: light; a crescent: dark. */
export function ThemeIcon({ setting }: { readonly setting: 'system' | 'light' | 'dark' }) {
  if (setting === 'light')
    return (
      <Icon>
        <circle cx="8" cy="8" r="3" />
        <path d="M8 1.5v1.7M8 12.8v1.7M1.5 8h1.7M12.8 8h1.7M3.4 3.4l1.2 1.2M11.4 11.4l1.2 1.2M12.6 3.4l-1.2 1.2M4.6 11.4l-1.2 1.2" />
      </Icon>
    )
  if (setting === 'dark')
    return (
      <Icon>
        <path d="M13 9.6A5.6 5.6 0 0 1 6.4 3 5.6 5.6 0 1 0 13 9.6z" />
      </Icon>
    )
  return (
    <Icon>
      <circle cx="8" cy="8" r="5.5" />
      <path d="M8 2.5v11a5.5 5.5 0 0 0 0-11z" fill="currentColor" />
    </Icon>
  )
}

/** The mark of the app: a ring that is not closed, a bar that runs and one that waits. */
export const BrandMark = () => (
  <svg class="mark" viewBox="0 0 22 22" width="22" height="22" aria-hidden="true" focusable="false">
    <path d="M18.6 8.2A8.2 8.2 0 1 0 19.2 11" fill="none" stroke="var(--ink)" stroke-width="2" />
    <path d="M6 9h9" stroke="var(--accent)" stroke-width="3.4" />
    <path d="M6 13.6h5.4" stroke="var(--suspended)" stroke-width="3.4" />
  </svg>
)
