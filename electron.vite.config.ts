import { defineConfig } from 'electron-vite'
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
        writeBundle: () => buildWorkers('out/workers'),
      },
    ],
    build: {
      target,
      externalizeDeps: false,
      sourcemap: true,
      outDir: 'out/main',
      rolldownOptions: {
        input: { desktop: 'electron/desktop.ts', browser: 'electron/browser.ts', cli: 'electron/cli.ts' },
        output: { format: 'cjs', chunkFileNames: '[name]-[hash].cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  preload: {
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
    build: { target: 'chrome108', minify: true, outDir: 'out/renderer', rolldownOptions: { input: 'renderer/index.html' } },
  },
})
