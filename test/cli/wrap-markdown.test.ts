import { expect, test } from 'vitest';
import { wrapMarkdown } from '../../src/command-line/output/wrap-markdown.ts';

test('wrapMarkdown breaks text and list items, and leaves code alone', () => {
  const markdown =
    'Some words that do not fit on one line.\n\n- an item that does not fit either, so it is broken\n\n```yaml\nspec:\n\n  long: [a, b, c, d, e, f, g, h, i, j, k, l]\n```\nAverylongwordthatcannotbebrokenatall end\n';
  expect(wrapMarkdown(markdown, 30)).toBe(`\
  Some words that do not fit
  on one line.

  - an item that does not fit
    either, so it is broken

      spec:

        long: [a, b, c, d, e, f, g, h, i, j, k, l]
  Averylongwordthatcannotbebrokenatall
  end`);
});
