import { expect, test } from 'vitest'
import { SuspectTurn } from '../../electron/sources/suspectTurn'

const turns = (claims: readonly number[]) => {
  const turn = new SuspectTurn()
  return claims.map((items) => turn.next(items)).flatMap((due, i) => (due ? [i + 1] : []))
}

test('a suspect has its turn at every 16th claim, or after 4,096 items', () => {
  expect(turns(Array(40).fill(1))).toEqual([16, 32])
  expect(turns(Array(10).fill(1000))).toEqual([5, 10])
})

test('a claim that only books what is staged costs it no turn', () => {
  expect(turns(Array.from({ length: 40 }, (_, i) => i % 2))).toEqual([32])
})
