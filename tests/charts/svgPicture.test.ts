/** Pictures as SVG: whatever runs hold, a file that every reader of XML reads, with nothing left out and no larger than the picture. */
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Colours } from '../../renderer/charts/pen'
import type { PictureAbout } from '../../renderer/charts/picture/plan'
import { asCanvas, SvgContext } from '../../renderer/charts/picture/svgContext'
import { SvgColumns, svgPicture } from '../../renderer/charts/picture/svgPicture'
import { xmlText } from '../../renderer/charts/picture/xmlText'
import { en } from '../../renderer/locales/en'
import { zh } from '../../renderer/locales/zh'
import { type LaneView, plainView } from '../../renderer/model/laneView'
import { RunStore } from '../../renderer/model/runStore'
import { History } from '../support/frames'
import { million, syntheticFrames } from '../support/syntheticRun'
import { all, readXml } from '../support/xml'

const light = readFileSync('renderer/style/tokens.css', 'utf8').split('data-theme="dark"')[0]!
const colours = Object.fromEntries([...light.matchAll(/--([\w-]+): (#\w+);/g)].map(([, name, hex]) => [name, hex])) as Colours
const ruler = (font: string, text: string) => (text.length * Number.parseFloat(font.split(' ')[1]!)) / 2
const font = '"A Font", sans-serif'

const aboutOf = (stores: readonly RunStore[], more: Partial<PictureAbout> = {}): PictureAbout => ({
  runs: stores.map((store, id) => ({ id, store, live: false, total: store.now })),
  words: en.timeline,
  title: 'A title',
  range: '0 s to 10 s',
  measured: ['real time', 'no mark was lost'],
  described: 'A summary',
  t0: 0,
  t1: 10,
  width: 1200,
  ...more,
})
const written = (about: PictureAbout) => svgPicture(about, colours, font, ruler).join('')
const storeOf = (history: History, now = 10) => {
  const store = new RunStore(1, 1)
  store.append(history.frame({ now }))
  return store
}

/** Every state, end, mark and loss that there is, over `seconds`. */
function everything(seconds: number, name = 'task'): RunStore {
  const at = (share: number) => share * seconds
  const history = new History().lane('main', 'main').lane('loop', 'loop').task('main', 'main').task(name, 'loop')
  history.task('inner', 'loop', { parent: name }).task('failed', 'loop').task('cancelled', 'loop').task('never', 'loop')
  for (const [i, state] of (['created', 'ready', 'running', 'sleeping', 'waiting', 'suspended'] as const).entries())
    history.span(name, state, at(i / 6), at((i + 1) / 6), 'queue').span('main', state, at(i / 60), at((i + 0.5) / 60))
  history.span('inner', 'suspended', at(0.3), at(0.5)).span('failed', 'running', at(0.1), at(0.4))
  history.span('cancelled', 'suspended', at(0.1), at(0.4)).span('never', 'suspended', at(0.1), at(1))
  history.end('main', 'killed', at(0.9), { earliest: at(0.4) }).end('failed', 'failed', at(0.4), { error: 'a < b & "c"' })
  history.end('cancelled', 'cancelled', at(0.4)).end('never', 'pending', null).end(name, 'finished', at(1))
  for (const kind of [
    'mainEnd',
    'message',
    'join',
    'push',
    'stop',
    'retry',
    'loopStart',
    'callback',
    'note',
    'loopStop',
  ] as const)
    history.marker(kind, at(0.2), 'loop', kind === 'callback' || kind === 'note' ? { task: name } : {})
  return storeOf(history.loss(at(0.6), at(0.62), 'loop', 3).loss(at(0.7), at(0.9), 'loop', 3), seconds)
}

describe('a picture as SVG', () => {
  test.each([
    ['one run', [everything(10)]],
    ['two, with a total and a difference', [everything(6), everything(10)]],
    ['three, one of them in a lens', [everything(0.01), everything(10), everything(8)]],
    ['none', []],
  ])('has all that is drawn of %s', (_, stores) => {
    const svg = readXml(written(aboutOf(stores)))
    const texts = all(svg, 'text').map(({ text }) => text)
    expect(texts).toEqual(expect.arrayContaining(['A title', '0 s to 10 s', 'real time · no mark was lost']))
    expect(all(svg, 'title')[0]!.text).toBe('A title')
    expect(all(svg, 'desc')[0]!.text).toBe('0 s to 10 s. A summary')
    if (stores.length === 0) return
    for (const word of Object.values(en.timeline.states)) expect(texts).toContain(word)
    for (const end of ['failed', 'killed', 'cancelled', 'pending'] as const) expect(texts).toContain(en.timeline.ends[end])
    const used = new Set(all(svg, 'path').flatMap(({ attributes }) => [attributes['fill'], attributes['stroke']]))
    for (const token of ['ready', 'running', 'sleeping', 'waiting', 'suspended', 'failed', 'killed', 'cancelled'] as const)
      expect([token, used.has(colours[token])]).toEqual([token, true])
  })

  test('refers to no clip that it lacks, and stays within itself', () => {
    const svg = readXml(written(aboutOf([everything(10), everything(3)], { t0: 2, t1: 2.5 })))
    const ids = new Set(all(svg, 'clipPath').map(({ attributes }) => attributes['id']))
    const named = [...all(svg, 'path'), ...all(svg, 'text')].flatMap(({ attributes }) => attributes['clip-path'] ?? [])
    expect(named.length).toBeGreaterThan(0)
    expect(named.filter((name) => !ids.has(name.slice('url(#'.length, -1)))).toEqual([])
    expect(Number(svg.attributes['width'])).toBe(1200)
  })

  test('has the lanes as the page has them: folded, pinned, filtered', () => {
    const lanes = { order: [], pinned: new Set([1]), folded: new Set([1]), closed: false }
    const names = (view: LaneView) =>
      all(readXml(written(aboutOf([everything(10)], { lanes: view }))), 'text').map(({ text }) => text)
    expect(names(plainView)).toEqual(expect.arrayContaining(['main', 'inner']))
    const folded = names({ filter: '', runs: new Map([[0, lanes]]) })
    expect([folded.includes('main'), folded.includes('loop'), folded.includes('inner')]).toEqual([true, true, false])
    expect(names({ filter: 'mai', runs: new Map() })).not.toContain('inner')
  })

  test('takes every name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (name) => {
        const svg = readXml(written(aboutOf([everything(10, name || 'x')], { title: name, words: zh.timeline })))
        const [title = ''] = all(svg, 'title').map(({ text }) => text)
        expect(xmlText(title)).toBe(xmlText(name))
      }),
      { numRuns: 60 },
    )
  })

  test('cuts a name of a megabyte with an ellipsis', () => {
    const svg = readXml(written(aboutOf([everything(10, 'n'.repeat(1e6))], { title: 't'.repeat(1e6) })))
    const longest = Math.max(...all(svg, 'text').map(({ text }) => text.length))
    expect(longest).toBeLessThan(300)
  })

  test('of a million spans is below a megabyte, also where bars are a few pixels wide', () => {
    const store = new RunStore(1, 1)
    for (const frame of syntheticFrames(million)) store.append(frame)
    for (const t1 of [store.now, store.now / 200]) {
      const svg = written(aboutOf([store], { t1, width: 1400 }))
      expect(svg.length).toBeLessThan(1e6)
      expect(all(readXml(svg), 'text').length).toBeGreaterThan(32)
    }
  })
})

describe('the pen that writes SVG', () => {
  test.each<[string, (g: CanvasRenderingContext2D) => unknown]>([
    ['a method that it lacks', (g) => g.bezierCurveTo(0, 0, 0, 0, 0, 0)],
    ['a property that it lacks', (g) => Object.assign(g, { globalAlpha: 0.5 })],
    ['a part of a circle', (g) => g.arc(0, 0, 5, 0, 1)],
    ['another baseline', (g) => Object.assign(g, { textBaseline: 'middle' }).fillText('a', 0, 0)],
  ])('throws for %s', (_, draw) => {
    expect(() => draw(asCanvas(new SvgContext(ruler)))).toThrow(/^SVG: /)
  })

  test('throws for a clip that is no rectangle', () => {
    const g = asCanvas(new SvgContext(ruler))
    g.beginPath()
    g.moveTo(0, 0)
    g.lineTo(1, 1)
    expect(() => g.clip()).toThrow(/^SVG: /)
  })

  test('leaves out what is clipped away, and gives back what was saved', () => {
    const context = new SvgContext(ruler)
    const g = asCanvas(context)
    g.save()
    g.beginPath()
    g.rect(0, 0, 10, 10)
    g.clip()
    g.translate(100, 0)
    g.fillRect(0, 0, 5, 5)
    g.fillText('gone', 0, 5)
    g.restore()
    g.fillRect(1, 2, 3, 4)
    expect(context.elements()).toBe('<path fill="#000000" d="M1 2h3v4h-3z"/>')
  })

  test('has every column in its own colour, as the canvas has it', () => {
    const height = 10
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2 }),
        fc.array(fc.tuple(fc.nat(4), fc.nat(4)), { minLength: 1, maxLength: 60 }),
        (rows, columns) => {
          const context = new SvgContext(ruler)
          const painter = new SvgColumns(colours, context)
          const tokens = ['', colours.running, colours.ready, colours.failed, colours.suspended] as const
          const list = [0, painter.colours.running, painter.colours.ready, painter.colours.failed, painter.colours.suspended]
          const pixels = painter.begin(columns.length, rows)
          columns.forEach((both, x) => {
            for (let row = 0; row < rows; row++) pixels[row * columns.length + x] = list[both[row]!]!
          })
          painter.draw(asCanvas(context), 0, rows, 7, 3, height)
          const seen = painted(context.elements(), columns.length + 7, height + 3)
          columns.forEach((both, x) => {
            for (let y = 0; y < height; y++) {
              expect(seen[(y + 3) * (columns.length + 7) + x + 7]).toBe(tokens[both[Math.floor((y * rows) / height)]!])
            }
          })
        },
      ),
      { numRuns: 200 },
    )
  })
})

/** The colour of each pixel, of horizontal lines alone. */
function painted(elements: string, width: number, height: number): string[] {
  const pixels = new Array<string>(width * height).fill('')
  for (const { attributes } of all(readXml(`<svg>${elements}</svg>`), 'path')) {
    const thick = Number(attributes['stroke-width'])
    let [x, y] = [0, 0]
    for (const [, command, a, b] of attributes['d']!.matchAll(/([Mmh])(-?[\d.]+)(?: (-?[\d.]+))?/g)) {
      if (command === 'M') [x, y] = [Number(a), Number(b)]
      else {
        for (let column = x; command === 'h' && column < x + Number(a); column++) {
          for (let row = y - thick / 2; row < y + thick / 2; row++) pixels[row * width + column] = attributes['stroke']!
        }
        x += Number(a)
      }
    }
  }
  return pixels
}

test('of runs that are aligned the axis has signs, as on the page', () => {
  const runs = [-4, -6].map((offset, id) => ({ id, store: everything(10), live: false, total: 10, caption: 'x', offset }))
  const texts = (about: PictureAbout) => [...written(about).matchAll(/>([^<>]+)<\/text>/g)].map(([, text]) => text)
  const about = aboutOf([], { runs, t0: -6, t1: 6, width: 800 })
  expect(texts(about)).toEqual(expect.arrayContaining(['−2', '0', '+2']))
  expect(texts({ ...about, runs: runs.map(({ offset: _, ...run }) => run) })).toEqual(expect.arrayContaining(['0', '2']))
})
