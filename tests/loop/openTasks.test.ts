import fc from 'fast-check'
import { expect, it } from 'vitest'
import { OpenTasks } from '../../electron/loop/openTasks'

/** Ids that lie side by side, and ids that meet in one place of a small table. */
const ids = fc.oneof(
  fc.nat(200),
  fc.nat(20).map((n) => n * 64),
  fc.nat(),
)

it('holds what a Map would hold, whatever is added and ends', () => {
  const steps = fc.array(fc.record({ id: ids, ends: fc.boolean() }), { maxLength: 300, size: 'max' })
  fc.assert(
    fc.property(steps, (given) => {
      const tasks = new OpenTasks<string>()
      const known = new Map<number, string>()
      for (const { id, ends } of given) {
        if (ends) expect(tasks.delete(id)).toBe(known.delete(id))
        else if (!known.has(id)) {
          tasks.add(id, `task ${id}`)
          known.set(id, `task ${id}`)
        }
        expect(tasks.get(id)).toBe(known.get(id))
        expect(tasks.size).toBe(known.size)
      }
      for (const [id, open] of known) expect(tasks.get(id)).toBe(open)
      expect(tasks.entries()).toEqual([...known].sort(([a], [b]) => a - b))
      tasks.clear()
      expect(tasks.size).toBe(0)
      expect(tasks.entries()).toEqual([])
    }),
  )
})
