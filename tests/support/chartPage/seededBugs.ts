/** Mistakes that a raster of spans invites, each of which the painted-pixel oracle must see. */
import type { SeededBug } from './open'

const raster = 'renderer/charts/rowRaster.ts'

export const seededBugs: readonly SeededBug[] = [
  {
    name: 'spans under half a pixel are dropped',
    file: raster,
    changes: [
      [
        '      const look = spans.look.get(item)\n',
        '      const look = spans.look.get(item)\n      if (end - start < 0.5) continue\n',
      ],
    ],
  },
  {
    name: 'the least urgent end wins',
    file: 'renderer/charts/drawAlerts.ts',
    changes: [['unwanted.find(', '[...unwanted].reverse().find(']],
  },
  {
    name: 'the first visible span is skipped',
    file: raster,
    changes: [['if (x1 <= left) continue', 'if (x0 <= left) continue']],
  },
  {
    name: 'ends are painted under the bars',
    file: 'renderer/charts/drawRow.ts',
    changes: [
      ['    if (any) pen.columns.draw(pen.g, 2 * i, 2, left, pictures[i]!.top + m.slotTop, m.slot)\n', ''],
      [
        '  const strips = pen.columns.begin(',
        '  walked.forEach(({ any }, i) => any && pen.columns.draw(pen.g, 2 * i, 2, left, pictures[i]!.top + m.slotTop, m.slot))\n  const strips = pen.columns.begin(',
      ],
    ],
  },
  {
    name: 'the tolerance is eight pixels',
    file: raster,
    changes: [
      ['until - begin === 1 && x1 - x0 < tolerance', 'until - begin === 1 && x1 - x0 < 8'],
      ['until - begin > 1 && x1 - x0 < tolerance', 'until - begin > 1 && x1 - x0 < 8'],
    ],
  },
  {
    name: 'every 256th node is skipped',
    file: raster,
    changes: [
      [
        '      const i = inChunk(node)\n      const x1',
        '      const i = inChunk(node)\n      if (node % 256 === 255) continue\n      const x1',
      ],
    ],
  },
  {
    name: 'the tree forgets words when it grows',
    file: 'renderer/model/spanTree.ts',
    changes: [['        bits |= chunk.bits[i]!\n', '        if (child === first) bits |= chunk.bits[i]!\n']],
  },
  {
    name: 'a node on the border of two columns drops its right one',
    file: raster,
    changes: [['        words = has\n', '        words = 0\n']],
  },
]
