import { buildWorkers } from '../../electron/packaging/workers'

/** Engine tests run real workers from source, in a folder of their own so that a build at the same time does not disturb them. */
export default () => buildWorkers('node_modules/.cache/workers')
