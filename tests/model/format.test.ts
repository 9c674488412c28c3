import { expect, test } from 'vitest'
import { brief, difference, exact, niceStep, prose, resultFigure, tableSeconds } from '../../renderer/model/format'

const plain = (text: string) => text.replaceAll('\u00a0', ' ')

test.each([
  [6.001, '6.001 s'],
  [0.148, '148 ms'],
  [0.002954, '2.95 ms'],
  [0.0312, '31.2 ms'],
  [0.000054, '54 µs'],
  [0.00000021, '0.21 µs'],
  [0.000000054, '54 ns'],
  [0.000000001, '1 ns'],
  [0.0000004, '0.40 µs'],
  [0.9996, '1.000 s'],
  [119.9994, '119.999 s'],
  [119.9996, '2 min 00 s'],
  [123.4, '2 min 03 s'],
  [3599.6, '1 h 00 min'],
  [3725, '1 h 02 min'],
  [0, '0 µs'],
])('in a sentence %d is %s', (seconds, text) => {
  expect(plain(prose(seconds))).toBe(text)
})

test('units follow the language, with a no-break space', () => {
  expect(prose(6.001, { h: '小时', min: '分', s: '秒', ms: '毫秒', us: '微秒', ns: '纳秒' })).toBe('6.001\u00a0秒')
})

test.each([
  [6.0004, '6 s'],
  [2.54, '2.5 s'],
  [0.148, '148 ms'],
  [0.9999, '1 s'],
  [0.00002, '20 µs'],
])('on a bar %d is %s', (seconds, text) => {
  expect(plain(brief(seconds))).toBe(text)
})

test('tables have three decimals, no unit and no minus zero', () => {
  expect([6.0012, 0, -0.0001, null].map(tableSeconds)).toEqual(['6.001', '0.000', '0.000', '—'])
})

test('flags, results and differences', () => {
  expect(plain(exact(0.0029))).toBe('0.003 s')
  expect([9.002, 0.01].map(resultFigure)).toEqual(['9.0', '0.01'])
  expect([3, 0.0123].map((d) => plain(difference(d)))).toEqual(['3.0 s', '12.3 ms'])
})

test('steps are 1, 2, 5 and their tens, then those of a clock', () => {
  expect([0.9, 1, 1.1, 3, 7, 0.03, 25, 45, 100].map(niceStep)).toEqual([1, 1, 2, 5, 10, 0.05, 30, 60, 120])
})
