/** What each thread of a programme may use: enough for any programme here, and far below what would take the host down with it. */
export const threadLimits = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 16, stackSizeMb: 4 }
