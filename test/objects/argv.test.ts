import { expect, test } from 'vitest';
import { argvText } from '../../src/objects/argv.ts';
import { containerOf } from '../support/job-from-yaml.ts';

test('the words of command and arguments are one text', () => {
  expect(argvText(containerOf('image: shop, command: [sh, -c], args: ["a  b", c]'))).toBe('sh -c a  b c');
  expect(argvText(containerOf('image: shop'))).toBe('');
});
