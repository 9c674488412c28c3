import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

/**
 * Colours are read from the tokens and every promise about them is recomputed: contrast by WCAG 2, distance of fills as OKLab distance × 100
 * under normal vision and under full protanopia, deuteranopia and tritanopia (Machado, Oliveira and Fernandes 2009, applied to linear RGB).
 */
const css = readFileSync(new URL('../../renderer/style/tokens.css', import.meta.url), 'utf8')
const [light, rest] = css.split(':root[data-theme="dark"] {')
const blocks = { light: light!, dark: rest!.split('@media')[0]! }

const surfaces = ['surface', 'page', 'raised']
const fills = ['ready', 'running', 'sleeping', 'waiting', 'suspended', 'failed', 'killed', 'cancelled']
const texts = ['ink', 'ink-2', 'ink-3', 'accent', 'alert-text', 'held-text']
const tints = ['tint-sleeping', 'tint-waiting', 'tint-lit', 'tint-failed']

type Triple = readonly [number, number, number]
const linear = (hex: string): Triple => {
  const [r, g, b] = [1, 3, 5].map((i) => {
    const v = Number.parseInt(hex.slice(i, i + 2), 16) / 255
    return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4
  })
  return [r!, g!, b!]
}
const luminance = (hex: string) => {
  const [r, g, b] = linear(hex)
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
const contrast = (a: string, b: string) => {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (high! + 0.05) / (low! + 0.05)
}
const multiply = (m: readonly number[], [a, b, c]: Triple): Triple => [
  m[0]! * a + m[1]! * b + m[2]! * c,
  m[3]! * a + m[4]! * b + m[5]! * c,
  m[6]! * a + m[7]! * b + m[8]! * c,
]
const map = ([a, b, c]: Triple, f: (n: number) => number): Triple => [f(a), f(b), f(c)]
const toCones = [
  0.4122214708, 0.5363325363, 0.0514459929, 0.2119034982, 0.6806995451, 0.1073969566, 0.0883024619, 0.2817188376, 0.6299787005,
]
const toLab = [
  0.2104542553, 0.793617785, -0.0040720468, 1.9779984951, -2.428592205, 0.4505937099, 0.0259040371, 0.7827717662, -0.808675766,
]
const visions = {
  normal: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protan: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deutan: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritan: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
}
const seen = (hex: string, vision: readonly number[]) => {
  const rgb = map(multiply(vision, linear(hex)), (v) => Math.min(1, Math.max(0, v)))
  return multiply(toLab, map(multiply(toCones, rgb), Math.cbrt))
}
const distance = (a: Triple, b: Triple) => 100 * Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])

describe.each(Object.entries(blocks))('the %s theme', (_theme, block) => {
  const colour = (token: string) => {
    const hex = new RegExp(`--${token}: (#[0-9a-f]{6});`).exec(block)?.[1]
    if (!hex) throw new Error(`--${token} is not a plain hex colour`)
    return hex
  }
  const lowest = (token: string) => Math.min(...surfaces.map((surface) => contrast(colour(token), colour(surface))))

  test.each(fills)('%s can be seen on every surface', (fill) => {
    expect(lowest(fill)).toBeGreaterThanOrEqual(3)
  })
  test.each(texts)('%s can be read on every surface', (text) => {
    expect(lowest(text)).toBeGreaterThanOrEqual(4.5)
  })
  test.each(tints)('ink can be read on %s', (tint) => {
    expect(contrast(colour('ink'), colour(tint))).toBeGreaterThanOrEqual(4.5)
  })
  test.each(['running', 'failed', 'accent'])('what stands on %s can be read', (fill) => {
    expect(contrast(colour(`on-${fill}`), colour(fill))).toBeGreaterThanOrEqual(4.5)
  })
  test.each(Object.entries(visions))('fills are told apart by %s vision', (_vision, matrix) => {
    const pairs = fills.flatMap((a, i) => fills.slice(0, i).map((b) => [a, b] as const))
    for (const [a, b] of pairs) {
      expect({ a, b, far: distance(seen(colour(a), matrix), seen(colour(b), matrix)) >= 10 }).toEqual({ a, b, far: true })
    }
  })
})
