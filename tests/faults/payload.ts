/** What the tests push: `<uid>:<ms>`, `<uid>:die` kills its consumer; what follows a further colon is ballast. */
export interface TestTask {
  readonly uid: string
  readonly ms: number
  readonly deadly: boolean
}

export function readPayload(text: string): TestTask | null {
  const [, uid, ms] = /^(\w+):(\d+|die)(?::|$)/.exec(text) ?? []
  return uid !== undefined && ms !== undefined ? { uid, ms: ms === 'die' ? 0 : Number(ms), deadly: ms === 'die' } : null
}
