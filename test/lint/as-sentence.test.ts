import { expect, test } from 'vitest';
import { asSentence } from '../../src/text/as-sentence.ts';

test.each([
  ['there is no folder `x`; create it', 'There is no folder `x`; create it.'],
  ['invalid YAML: a tab', 'Invalid YAML: a tab.'],
  ['`x` does not exist; did you mean `y`?', '`x` does not exist; did you mean `y`?'],
  ['apiVersion for Kustomization should be a', 'apiVersion for Kustomization should be a.'],
  ['Flux cannot read it. Move it.', 'Flux cannot read it. Move it.'],
])('%s', (message, sentence) => expect(asSentence(message)).toBe(sentence));
