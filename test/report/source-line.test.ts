import fc from 'fast-check';
import { expect, test } from 'vitest';
import { characterWidth } from '../../src/report/character-width.ts';
import { escapeText, isInvisible } from '../../src/report/escape-text.ts';
import { showLine } from '../../src/report/source-line.ts';

const line = fc.string({ unit: 'grapheme', maxLength: 300 }).map((text) => text.replaceAll(/[\r\n]/g, ' '));
const anything = fc.string({ unit: 'binary', maxLength: 300 }).map((text) => text.replaceAll(/[\r\n]/g, ' '));
const range = (length: number) =>
  fc.tuple(fc.nat(length), fc.nat(length)).map(([a, b]) => ({ start: Math.min(a, b), end: Math.max(a, b) }));
const shown = fc.oneof(line, anything).chain((text) =>
  fc.record({
    text: fc.constant(text),
    focus: range(text.length),
    masked: fc.array(range(text.length), { maxLength: 2 }),
    width: fc.integer({ min: 40, max: 120 }),
  }),
);

function widthOf(text: string): number {
  return [...text].reduce((sum, character) => sum + characterWidth(character), 0);
}

test('whatever a line holds, what is shown is safe, no wider than asked for, and the focus lies in it', () => {
  fc.assert(
    fc.property(shown, ({ text, focus, masked, width }) => {
      const result = showLine(text, focus, masked, width);
      expect([...result.text].some(isInvisible)).toBe(false);
      expect(widthOf(result.text)).toBeLessThanOrEqual(width);
      const { start, end } = result.locate(focus);
      expect(start).toBeGreaterThanOrEqual(0);
      expect(end).toBeGreaterThan(start);
      expect(end).toBeLessThanOrEqual(Math.max(width, 1) + 1);
    }),
    { numRuns: 500 },
  );
});

test('nothing of a masked range is shown', () => {
  const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: 200 });
  fc.assert(
    fc.property(digits, fc.integer({ min: 40, max: 120 }), (secret, width) => {
      const text = `key: ${secret} # end`;
      const at = { start: 5, end: 5 + secret.length };
      expect(showLine(text, at, [at], width).text).toBe('key: ******** # end');
    }),
  );
});

test('escapeText leaves nothing that a terminal would act on, and plain text as it is', () => {
  fc.assert(fc.property(anything, (text) => !/[\p{Cc}\p{Cf}]/u.test(escapeText(text))));
  expect(escapeText('naïve 移行 🐘 "quoted" \\')).toBe('naïve 移行 🐘 "quoted" \\');
});
