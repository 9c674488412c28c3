/**
 * A text from outside as it may stand in a sentence: at most `longest` characters. Control and formatting characters could repaint a terminal or turn
 * the reading direction of what follows, and half of a surrogate pair is no text; each becomes a replacement character.
 */
export function plainText(text: string, longest: number): string {
  const start = text.length > longest ? `${text.slice(0, longest - 1)}…` : text
  return start.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '\ufffd')
}
