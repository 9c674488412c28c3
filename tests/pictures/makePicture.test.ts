/** A browser that takes its time to end: until then it is ours to end. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import type { PictureTask } from '#protocol/pictureTask'
import { success } from '#protocol/result'
import { makePicture } from '../../electron/pictures/makePicture'
import { until } from '../support/until'

const folder = mkdtempSync(join(tmpdir(), 'loopscope-slow-browser-'))
afterAll(() => rmSync(folder, { recursive: true }))
const has = (name: string) => existsSync(join(folder, name))

vi.mock('../../electron/pictures/browsers', () => ({
  async *hiddenBrowsers() {
    const script =
      'trap "touch asked; while [ -e ready ] && [ ! -e go ]; do sleep 0.02; done; exit" TERM; touch ready; while [ -e ready ]; do sleep 0.02; done'
    yield { name: 'slow', command: '/bin/sh', args: ['-c', `cd ${folder}; ${script}`], env: process.env, close: () => undefined }
  },
}))
vi.mock('../../electron/pictures/pictureServer', () => ({
  startPictureServer: async () => ({
    picture: until(() => has('ready'), 'the browser').then(() => success(Buffer.from('drawn'))),
    asked: Promise.resolve(),
    newAddress: () => '',
    close: () => undefined,
  }),
}))

test.skipIf(process.platform === 'win32')('whoever ends us while a browser is asked to end, ends it, too', async () => {
  const before = process.listenerCount('SIGINT')
  const made = makePicture({} as PictureTask)
  await until(() => has('asked'), 'the browser to be asked to end')
  expect(process.listenerCount('SIGINT')).toBe(before + 1)
  writeFileSync(join(folder, 'go'), '')
  expect((await made).ok).toBe(true)
  expect(process.listenerCount('SIGINT')).toBe(before)
})
