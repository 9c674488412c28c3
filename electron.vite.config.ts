import { defineConfig } from 'electron-vite'
import { noteLicences, writeLicences } from './electron/packaging/licences'
import { buildWorkers, target, workerEntries } from './electron/packaging/workers'

export default defineConfig({
  main: {
    plugins: [
      {
        name: 'loopscope:workers',
        apply: 'build',
        buildStart() {
          for (const file of Object.values(workerEntries)) this.addWatchFile(file)
        },
        writeBundle: () => buildWorkers('out/workers', [noteLicences()]),
      },
      noteLicences(),
    ],
    build: {
      target,
      externalizeDeps: false,
      sourcemap: true,
      outDir: 'out/main',
      rolldownOptions: {
        input: {
          desktop: 'electron/desktop.ts',
          browser: 'electron/browser.ts',
          cli: 'electron/cli.ts',
          pictureWindow: 'electron/pictures/window.ts',
        },
        output: { format: 'cjs', chunkFileNames: '[name]-[hash].cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  preload: {
    plugins: [noteLicences()],
    build: {
      target,
      externalizeDeps: false,
      rolldownOptions: {
        input: { preload: 'electron/preload.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
      },
    },
  },
  renderer: {
    root: 'renderer',
    // The renderer is built last, and its folder is emptied before.
    plugins: [noteLicences(), { name: 'loopscope:write-licences', apply: 'build', writeBundle: () => writeLicences('out') }],
    build: {
      target: 'chrome108',
      minify: true,
      outDir: 'out/renderer',
      rolldownOptions: { input: { index: 'renderer/index.html', picture: 'renderer/picture.html' } },
    },
  },
})
