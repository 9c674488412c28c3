/** Where a test draws by lot: a seed of its own each time, which it prints when it fails, or the one given in LOOPSCOPE_SEED. */
export const newSeed = (): number => Number(process.env['LOOPSCOPE_SEED'] ?? Math.floor(Math.random() * 2 ** 31))
