import { expect, test } from 'vitest'
import type { Parameters } from '#protocol/parameters'
import { isAsReported } from '../../renderer/model/reported'
import { scenario } from '../support/page'

const requests = scenario('http', {
  parameters: [
    { name: 'requests', kind: 'integer', default: 5, min: 1, max: 1000 },
    { name: 'delays', kind: 'secondsList', default: [3, 1], min: 0, max: 86_400 },
  ],
  reportedWith: { requests: 100 },
})

test.each<[string, Parameters, boolean]>([
  ['the defaults', { requests: 5, delays: [3, 1] }, true],
  ['other values that were reported, too', { requests: 100, delays: [3, 1] }, true],
  ['one other value', { requests: 5, delays: [3, 2] }, false],
  ['one reported value and one other', { requests: 100, delays: [3, 2] }, false],
  ['a value that is missing', { requests: 5 }, false],
])('a reported figure and %s', (_name, ran, expected) => {
  expect(isAsReported(requests, ran)).toBe(expected)
})
