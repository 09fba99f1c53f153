import fc from 'fast-check';

// Property tests get the same inputs in every run, so that none fails by chance. FC_SEED=random tries others.
const seed = process.env['FC_SEED'] ?? '20260101';
if (seed !== 'random') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(seed) });
