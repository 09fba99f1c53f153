// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables as manifests hold them.
import { expect, test } from 'vitest';
import { printBuild } from '../../src/kustomize/print-build.ts';
import { followTree, kustomization, showProblems } from './tree.ts';

/** What Flux builds of one manifest with `V` set to this. */
function substitute(manifest: string, value: string) {
  const { flux } = followTree({
    'flux.yaml': kustomization('shop', './shop', `postBuild:\n  substitute:\n    V: ${JSON.stringify(value)}`),
    'shop/object.yaml': manifest,
  });
  const root = flux.get('shop');
  if (root === undefined) throw new Error('the Kustomization was not followed');
  return { text: printBuild(root).text, problems: showProblems([root], 200) };
}

const object = (spec: string) =>
  `apiVersion: example.com/v1\nkind: Shop\nmetadata:\n  name: shop\nspec:\n${spec.replace(/^/gm, '  ')}\n`;

test('integers of more than 53 bits lose digits where Flux substitutes', () => {
  const { text, problems } = substitute(object('id: 9007199254740993\nname: "${V}"\nsmall: 42'), 'web');
  expect(text).toContain('\nspec:\n  id: 9007199254740992\n  name: web\n  small: 42\n');
  expect(problems).toEqual([]);
});

test('a variable without a value is reported in the line that is no YAML, not one above with a default', () => {
  const { problems } = substitute(object('a: ${W:=2}\nimage: shop:${U}\nb: c'), 'x');
  expect(problems).toEqual([
    'error shop/object.yaml:${U} after Flux\'s variable substitution the object is no longer YAML: a second ": " on the line, or a key indented deeper than the one above; quote or align it; nothing sets the variable `U`; set it',
  ]);
});

test('a value that leaves no YAML is reported at the variable', () => {
  const { text, problems } = substitute(object('a: "${V}"\nb: c'), 'x: [');
  expect(text).toBe('');
  expect(problems).toEqual([
    'error shop/object.yaml:${V} after Flux\'s variable substitution the object is no longer YAML: a second ": " on the line, or a key indented deeper than the one above; quote or align it; put quotes into the variable\'s value',
  ]);
});
