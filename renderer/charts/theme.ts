/** What of the theme that is on all charts draw with, read once. */
import { ImagePainter } from './columnPainter'
import { type Pen, readColours } from './pen'

let known: Pick<Pen, 'colours' | 'font' | 'columns'> | null = null
/** Colours of the theme that is on. */
export const theme = () => {
  if (known) return known
  const { colours, font } = readColours()
  known = { colours, font, columns: new ImagePainter(colours) }
  return known
}
/** The theme has changed: tokens are to be read again. */
export function forgetTheme(): void {
  known = null
}
