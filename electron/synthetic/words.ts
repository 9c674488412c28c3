/** Names of functions that could be anybody's: 40 × 50 of them, and five tasks of each, so 10,000 different names at most. */
const verbs =
  'read write parse render fetch store merge split check index encode decode compress sort filter map reduce load save send receive resize hash sign verify poll flush scan build link pack crawl score rank join trim count copy move patch'.split(
    ' ',
  )
const nouns =
  'page image order user invoice report event message record row table cache queue token session file block chunk header route price stock basket customer payment mail photo thumbnail video track feed article comment search query result log metric trace batch job map tile shard key lease quota label draft'.split(
    ' ',
  )
const tasksOfEach = 5

export const functionCount = verbs.length * nouns.length
export const functionName = (index: number) => `${verbs[index % verbs.length]}_${nouns[Math.floor(index / verbs.length)]}`
export const taskNames = functionCount * tasksOfEach
/** Of a number below `taskNames`; its function is `index % functionCount`. */
export const taskName = (index: number) => `${functionName(index % functionCount)}-${Math.floor(index / functionCount) + 1}`

export const errors = [
  'TimeoutError: no answer within 2 s (synthetic)',
  'ConnectionResetError: the other side closed the line (synthetic)',
  'ValueError: a number was expected (synthetic)',
  'KeyError: there is no such record (synthetic)',
]
