/** Which key does what on the chart. Letters, digits and signs work everywhere but in a field; arrows only while the chart has the focus. */

export type ChartKey =
  | { readonly type: 'pan' | 'zoom' | 'history' | 'failure' | 'hit'; readonly direction: 1 | -1 }
  | { readonly type: 'move'; readonly direction: 'left' | 'right' | 'up' | 'down' }
  | { readonly type: 'edge'; readonly which: 'first' | 'last' }
  | { readonly type: 'fit' | 'reset' | 'clear' | 'select' | 'measure' | 'filter' | 'minimap' }

/** On the head of a lane that has the focus. */
export type HeadKey =
  | { readonly type: 'go'; readonly to: 'previous' | 'next' | 'pageUp' | 'pageDown' | 'first' | 'last' }
  | { readonly type: 'move'; readonly direction: 1 | -1 }
  | { readonly type: 'enter' | 'back' | 'fold' | 'pin' }

export interface Pressed {
  readonly key: string
  readonly shiftKey: boolean
  readonly ctrlKey: boolean
  readonly altKey: boolean
  readonly metaKey: boolean
}

const anywhere: Readonly<Record<string, ChartKey>> = {
  w: { type: 'zoom', direction: 1 },
  s: { type: 'zoom', direction: -1 },
  a: { type: 'pan', direction: -1 },
  d: { type: 'pan', direction: 1 },
  f: { type: 'fit' },
  r: { type: 'measure' },
  '0': { type: 'reset' },
  ',': { type: 'history', direction: -1 },
  '.': { type: 'history', direction: 1 },
  n: { type: 'failure', direction: 1 },
  '[': { type: 'hit', direction: -1 },
  ']': { type: 'hit', direction: 1 },
  l: { type: 'filter' },
  m: { type: 'minimap' },
}
const shifted: Readonly<Record<string, ChartKey>> = {
  ArrowLeft: { type: 'pan', direction: -1 },
  ArrowRight: { type: 'pan', direction: 1 },
  ArrowUp: { type: 'zoom', direction: 1 },
  ArrowDown: { type: 'zoom', direction: -1 },
  N: { type: 'failure', direction: -1 },
}
const focused: Readonly<Record<string, ChartKey>> = {
  ArrowLeft: { type: 'move', direction: 'left' },
  ArrowRight: { type: 'move', direction: 'right' },
  ArrowUp: { type: 'move', direction: 'up' },
  ArrowDown: { type: 'move', direction: 'down' },
  Escape: { type: 'clear' },
  Enter: { type: 'select' },
  Home: { type: 'edge', which: 'first' },
  End: { type: 'edge', which: 'last' },
}

export function chartKey({ key, shiftKey, ctrlKey, altKey, metaKey }: Pressed, hasFocus: boolean): ChartKey | null {
  if (ctrlKey || altKey || metaKey) return null
  if (shiftKey && shifted[key]) return shifted[key]
  if (hasFocus && focused[key] && !shiftKey) return focused[key]
  return anywhere[key.toLowerCase()] ?? null
}

const onHead: Readonly<Record<string, HeadKey>> = {
  ArrowUp: { type: 'go', to: 'previous' },
  ArrowDown: { type: 'go', to: 'next' },
  PageUp: { type: 'go', to: 'pageUp' },
  PageDown: { type: 'go', to: 'pageDown' },
  Home: { type: 'go', to: 'first' },
  End: { type: 'go', to: 'last' },
  ArrowRight: { type: 'enter' },
  Enter: { type: 'enter' },
  ArrowLeft: { type: 'back' },
  c: { type: 'fold' },
  p: { type: 'pin' },
}

export function headKey({ key, shiftKey, ctrlKey, altKey, metaKey }: Pressed): HeadKey | null {
  if (ctrlKey || metaKey) return null
  if (altKey) {
    return key === 'ArrowUp' ? { type: 'move', direction: -1 } : key === 'ArrowDown' ? { type: 'move', direction: 1 } : null
  }
  // With Shift arrows are the chart's.
  return shiftKey && key.length > 1 ? null : (onHead[key.length > 1 ? key : key.toLowerCase()] ?? null)
}

/** Where letters are typed and arrows move a caret: the chart keeps out. */
export const isField = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
