/** A text from the wire as it is shown: on one line, in one direction of our own, and no longer than anybody reads. */

/** Characters, of an error or what is waited for; and of a name, which stands in sentences with others. */
const longest = 300
export const longestName = 100
/** What a line has no picture for: control characters, line ends, and marks that turn the direction of what follows. */
const unseen = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu
const spaces = /[\t\n\r]+/g

export function shownText(text: string, most = longest): string {
  const cut = text.length > most ? `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…` : text
  return unseenIn.test(cut) ? cut.replace(spaces, ' ').replace(unseen, '\ufffd') : cut
}

/** Without the flag that would remember where it was. */
const unseenIn = new RegExp(unseen.source, 'u')
