/** Whether to write the files with expected output instead of comparing with them: `UPDATE=1 npx vitest run test/rules`. */
export const update = process.env['UPDATE'] === '1';
