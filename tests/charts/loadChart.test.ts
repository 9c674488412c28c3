import { expect, test, vi } from 'vitest'

const file = '../../renderer/charts/chartJs'

test('a file that cannot be had is said once, is no error, and is asked for again', async () => {
  let isThere = false
  vi.doMock(file, () => {
    if (!isThere) throw new Error('the server has ended')
    return { Chart: class {} }
  })
  const { loadChart, whenChartIsMissing } = await import('../../renderer/charts/loadChart')
  const tell = vi.fn()
  whenChartIsMissing(tell)
  expect(await loadChart()).toBeNull()
  expect(await loadChart()).toBeNull()
  expect(tell).toHaveBeenCalledTimes(1)
  isThere = true
  vi.resetModules()
  expect(await loadChart()).toHaveProperty('Chart')
  expect(tell).toHaveBeenCalledTimes(1)
})
