/** Hook of electron-builder: what its configuration cannot say. Fuses are turned before the app is signed. */
const { rmSync } = require('node:fs')
const { join } = require('node:path')
const { FuseV1Options, FuseVersion } = require('@electron/fuses')

/** The first Electron whose files can be told from web pages; an older one has no such fuse, and turning it is an error. */
const firstWithFileFuse = 29

exports.default = async (context) => {
  const { appOutDir, packager } = context
  // A folder given as Electron may carry its own default app as a folder, which is copied along; ours is the archive beside it.
  rmSync(join(appOutDir, 'resources/app'), { recursive: true, force: true })
  if (Number.parseInt(packager.info.framework.version, 10) < firstWithFileFuse) return
  await packager.addElectronFuses(context, {
    version: FuseVersion.V1,
    [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
  })
}
