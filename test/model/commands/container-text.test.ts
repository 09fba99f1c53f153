// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables as manifests hold them.
import { describe, expect, test } from 'vitest';
import { isUnknownText } from '../../../src/model/commands/container-text.ts';

describe('container-text', () => {
  test.each([
    ['a', false],
    ['${TAG}', false],
    ['a-${TAG}-${OTHER:=x}', false],
    ['$${TAG}', true],
    ['$TAG', true],
    ['a-${TAG}-$X', true],
    ['$(NAME)', true],
    ['${1}', true],
    ['$', false],
    ['$-', false],
  ])('%s depends on the running container: %s', (text, expected) => expect(isUnknownText(text)).toBe(expected));
});
