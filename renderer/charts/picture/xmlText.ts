/** Texts of programmes and people → text of an XML document. */

/** Neither controls nor halves of letters nor what is no letter may stand in XML, however they are written. */
const forbidden = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]|[\u007f-\u009f]/gu
const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** For content and attributes. Controls are left out, and white space is one space, as a canvas draws it. */
export const xmlText = (text: string): string =>
  text
    .replace(/[\t\n\v\f\r]/g, ' ')
    .replace(forbidden, '')
    .replace(/[&<>"']/g, (letter) => entities[letter]!)
