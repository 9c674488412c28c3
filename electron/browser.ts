/** Entry of the browser host: what `npm start` runs where there is no Electron, and what the tests run. */
import { withoutPassword } from '#protocol/parameters'
import { serve } from './serve'
import { UsageError } from './usage'

serve(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error('Loopscope:', error instanceof UsageError ? withoutPassword(error.message) : error)
    process.exit(error instanceof UsageError ? 2 : 1)
  },
)
