/**
 * Hook of electron-builder. A folder given as Electron may carry its own default app as a folder, which is copied along; ours is the archive
 * beside it.
 */
const { rmSync } = require('node:fs')
const { join } = require('node:path')

exports.default = ({ appOutDir }) => rmSync(join(appOutDir, 'resources/app'), { recursive: true, force: true })
