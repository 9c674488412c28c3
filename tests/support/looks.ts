/**
 * What is wrong with the look of a page, as sentences: text that is cut off, texts that lie over one another, text with too little contrast.
 * Everything is read from the page as it is laid out; the canvases of the charts have their own tests.
 */
import type { Page } from 'playwright/test'

export const smallestContrast = 4.5

export async function looksWrong(page: Page): Promise<string[]> {
  await page.evaluate(settled)
  return page.evaluate(inspect, smallestContrast)
}

/** Runs in the page: one frame for the layout that follows the last change, one for what was measured in it, then the end of every transition. */
async function settled(): Promise<void> {
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
  // A transition that another one replaced is not awaited any more, and rejects.
  await Promise.allSettled(document.getAnimations().map(({ finished }) => finished))
}

/** Runs in the page, so it must hold all that it needs. */
function inspect(smallest: number): string[] {
  type Box = { left: number; top: number; right: number; bottom: number }
  const wrong: string[] = []
  const texts: { node: Text; element: HTMLElement; boxes: Box[] }[] = []
  const name = (element: Element, text: string) =>
    `<${element.localName} class="${element.className}"> “${text.trim().slice(0, 50)}”`
  const meet = (a: Box, b: Box): Box => ({
    left: Math.max(a.left, b.left),
    top: Math.max(a.top, b.top),
    right: Math.min(a.right, b.right),
    bottom: Math.min(a.bottom, b.bottom),
  })
  const isThere = (box: Box) => box.right - box.left > 1 && box.bottom - box.top > 1
  const scrolls = (overflow: string) => overflow === 'auto' || overflow === 'scroll'

  /** What is left of a box inside everything that cuts it off; `cut` says how much was lost where nobody can scroll to it. */
  function visible(element: HTMLElement, box: Box): { box: Box; cut: number } {
    let seen = box
    let cut = 0
    for (let at: HTMLElement | null = element; at; at = at.parentElement) {
      const style = getComputedStyle(at)
      if (style.overflowX === 'visible' && style.overflowY === 'visible') continue
      const next = meet(seen, at.getBoundingClientRect())
      // Facts that do not fit leave the status line as a whole, into a second line that is not shown; so does a lane's kind beside a long name.
      const asWhole = at.closest('.status, .timeline-head') !== null && !isThere(next)
      const intended = asWhole || style.textOverflow === 'ellipsis' || scrolls(style.overflowX) || scrolls(style.overflowY)
      if (!intended) cut = Math.max(cut, seen.right - next.right, next.left - seen.left, seen.bottom - next.bottom)
      seen = next
    }
    return { box: seen, cut }
  }

  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement
    if (!element || !node.textContent?.trim() || element.closest('.for-readers, .skip, select, script')) continue
    const style = getComputedStyle(element)
    if (style.visibility === 'hidden' || style.clipPath !== 'none') continue
    const range = document.createRange()
    range.selectNodeContents(node)
    const boxes: Box[] = []
    for (const rect of range.getClientRects()) {
      const { box, cut } = visible(element, rect)
      if (cut > 1.5) wrong.push(`cut off by ${Math.round(cut)} px: ${name(element, node.textContent)}`)
      if (isThere(box)) boxes.push(box)
    }
    if (boxes.length > 0) texts.push({ node: node as Text, element, boxes })
  }

  const rooms = document.querySelectorAll<HTMLInputElement>('input')
  for (const input of rooms) {
    if (input.scrollWidth > input.clientWidth + 1) wrong.push(`cut off: <input name="${input.name}"> “${input.value}”`)
  }

  const slack = 2
  for (const [index, a] of texts.entries()) {
    for (const b of texts.slice(index + 1)) {
      // A line's box is higher than its letters: neighbours in one line of text may touch.
      if (a.element === b.element || a.element.contains(b.element) || b.element.contains(a.element)) continue
      const over = a.boxes.some((one) =>
        b.boxes.some((other) => {
          const both = meet(one, other)
          return both.right - both.left > slack && both.bottom - both.top > slack + 1
        }),
      )
      if (over) wrong.push(`over one another: ${name(a.element, a.node.data)} and ${name(b.element, b.node.data)}`)
    }
  }

  const channels = (colour: string) => (colour.match(/[\d.]+/g) ?? []).map(Number)
  const luminance = (colour: string) => {
    const [r = 0, g = 0, b = 0] = channels(colour).map((c) =>
      c / 255 <= 0.03928 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4,
    )
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const groundOf = (element: HTMLElement): string => {
    for (let at: HTMLElement | null = element; at; at = at.parentElement) {
      const ground = getComputedStyle(at).backgroundColor
      if (channels(ground)[3] !== 0) return ground
    }
    return 'rgb(255, 255, 255)'
  }
  for (const { element, node } of texts) {
    const [ink, ground] = [luminance(getComputedStyle(element).color), luminance(groundOf(element))]
    const ratio = (Math.max(ink, ground) + 0.05) / (Math.min(ink, ground) + 0.05)
    if (ratio < smallest) wrong.push(`contrast ${ratio.toFixed(2)}: ${name(element, node.data)}`)
  }
  return [...new Set(wrong)]
}
