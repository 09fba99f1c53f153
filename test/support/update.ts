/** Whether expected outputs are to be written, and not only compared with: `UPDATE=1 npx vitest run test/rules`. */
export const update = process.env['UPDATE'] === '1';
