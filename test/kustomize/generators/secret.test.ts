import { describe, expect, it } from 'vitest';
import { encodeBase64 } from '../../../src/kustomize/generators/base64.ts';
import { expectBuild } from '../expect-build.ts';

describe('base64', () => {
  it.each([
    [0, ''],
    [51, `${'eHh4'.repeat(17)}`],
    [52, `${'eHh4'.repeat(17)}eA\n==\n`],
    [105, `${'eHh4'.repeat(17)}eH\nh4${'eHh4'.repeat(17)}\n`],
  ])('of %i bytes', (length, expected) => {
    expect(encodeBase64(new TextEncoder().encode('x'.repeat(length)))).toBe(expected);
  });
});

describe('a generated Secret', () => {
  it('is opaque and has data, even if empty', () => {
    expectBuild(
      { 'kustomization.yaml': 'secretGenerator: [{name: s}]\n' },
      'apiVersion: v1\ndata: {}\nkind: Secret\nmetadata:\n  name: s-46f8b28mk5\ntype: Opaque\n',
    );
  });

  it('encodes each value, and has the type that it is given', () => {
    expectBuild(
      {
        'kustomization.yaml': `secretGenerator:
- name: s
  type: example.com/t
  literals: [short=a]
  files: [long.txt]
  options: {immutable: true}
`,
        'long.txt': 'x'.repeat(60),
      },
      `apiVersion: v1
data:
  long.txt: |
    ${'eHh4'.repeat(17)}eH
    h4eHh4eHh4
  short: YQ==
immutable: true
kind: Secret
metadata:
  name: s-7tt5hdg6t5
type: example.com/t
`,
    );
  });
});
