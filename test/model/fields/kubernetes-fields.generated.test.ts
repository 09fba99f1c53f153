import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { generateKubernetesFields } from '../../../scripts/generate-kubernetes-fields.mjs';

test('the table of fields is what the generator makes of kubernetes-types', () => {
  for (const [path, text] of Object.entries(generateKubernetesFields())) {
    expect(
      readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8'),
      `${path}: run node scripts/generate-kubernetes-fields.mjs`,
    ).toBe(text);
  }
});
