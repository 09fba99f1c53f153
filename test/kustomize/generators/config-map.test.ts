import { describe, expect, it } from 'vitest';
import { buildTree, describeOrigin, scalarAt } from '../build-tree.ts';
import { expectBuild, expectRefusal } from '../expect-build.ts';

const generator = (args: string, kind = 'configMapGenerator') => `${kind}:\n- name: a\n${args}`;
const plain = '  options: {disableNameSuffixHash: true}\n';
const configMap = (fields: string) => `apiVersion: v1\n${fields}kind: ConfigMap\nmetadata:\n  name: a\n`;

describe('a generated ConfigMap', () => {
  it('holds literals, of which one pair of quotes is dropped', () => {
    expectBuild(
      {
        'kustomization.yaml': generator(`  literals:
  - plain=b
  - double="x"
  - single='y z'
  - twice=''a''
  - mixed="a'
  - empty=
  - more=a=b
  - lone='
  - |-
    lines=1
    2
  - number=5
${plain}`),
      },
      configMap(`data:
  double: x
  empty: ""
  lines: |-
    1
    2
  lone: ''''
  mixed: '"a'''
  more: a=b
  number: "5"
  plain: b
  single: y z
  twice: '''a'''
`),
    );
  });

  it('holds files under their name or another', () => {
    expectBuild(
      {
        'kustomization.yaml': generator(`  files: [f.txt, d/g.txt, key=f.txt, bytes.bin]\n${plain}`),
        'f.txt': 'one\ntwo\n',
        'd/g.txt': '\uFEFFbom',
        'bytes.bin': new Uint8Array([...Array(60).fill(97), 0xff]),
      },
      configMap(`binaryData:
  bytes.bin: |
    YWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYW
    FhYWFhYWFh/w==
data:
  f.txt: |
    one
    two
  g.txt: "\\uFEFF\\x62\\x6F\\x6D"
  key: |
    one
    two
`),
    );
  });

  it('holds env files, before the literals', () => {
    expectBuild(
      {
        'kustomization.yaml': generator(`  env: old.env\n  envs: [e.env]\n  literals: [L=1]\n${plain}`),
        'old.env': 'OLD=1\n',
        'e.env':
          '\uFEFFA=1\n# comment\n \t# too\n  B = 2 \n\nC\nD="q"\r\n=nothing\nE=a=b\n\u00a0F=nbsp\n\uFEFFG=not first\nH=last',
      },
      configMap(`data:
  "\\uFEFF\\x47": not first
  A: "1"
  'B ': ' 2 '
  C: ""
  D: '"q"'
  E: a=b
  F: nbsp
  H: last
  L: "1"
  OLD: "1"
`),
    );
  });

  it('takes labels, annotations and immutability from its options and the shared ones', () => {
    expectBuild(
      {
        'kustomization.yaml': `generatorOptions:
  labels: {a: shared, b: shared}
  annotations: {x: "1"}
  immutable: true
${generator(`  namespace: ns
  options:
    labels: {a: own, c: "5"}
    disableNameSuffixHash: true
`)}`,
      },
      `apiVersion: v1
immutable: true
kind: ConfigMap
metadata:
  annotations:
    x: "1"
  labels:
    a: own
    b: shared
    c: "5"
  name: a
  namespace: ns
`,
    );
  });

  it('can be merged with another, whatever its behavior is called otherwise', () => {
    expectBuild(
      {
        'over/kustomization.yaml': `resources: [../base]\n${generator('  behavior: merge\n  literals: [a=2, c=3]\n')}`,
        'base/kustomization.yaml': generator(`  behavior: nonsense\n  literals: [a=1, b=1]\n${plain}`),
      },
      configMap('data:\n  a: "2"\n  b: "1"\n  c: "3"\n'),
    );
  });

  it('is given its hash by content', () => {
    const tree = (args: string) => ({ 'kustomization.yaml': generator(args), f: new Uint8Array([0xff]) });
    expectBuild(tree(''), configMap('').replace('name: a', 'name: a-6ct58987ht'));
    expectBuild(
      tree('  files: [f]\n  literals: ["x=<&>"]\n'),
      configMap('binaryData:\n  f: /w==\ndata:\n  x: <&>\n').replace('name: a', 'name: a-49km5ttt62'),
    );
  });

  it('knows where its keys and values stand', () => {
    const root = buildTree({
      'kustomization.yaml': generator(`  literals:
  - plain=b
  - "double='x'"
  files: [k=f.txt]
  envs: [e.env]
`),
      'f.txt': 'text',
      'e.env': '\uFEFF# c\n  KEY=value\r\n',
    });
    const keys = root.resources[0]?.node.entries.find(({ key }) => key.value === 'data')?.value;
    const places = keys?.kind === 'map' ? keys.entries.map(({ key, value }) => [key, value]) : [];
    expect(places.map((pair) => pair.flatMap((node) => describeOrigin(node)))).toEqual([
      ['written e.env:2:3 KEY', 'written e.env:2:7 value'],
      ['written kustomization.yaml:4:5 plain', 'written kustomization.yaml:4:11 b'],
      ['written kustomization.yaml:5:6 double', 'written kustomization.yaml:5:14 x'],
      ['written kustomization.yaml:6:11 k', 'written f.txt:1:1 text'],
    ]);
    expect(describeOrigin(scalarAt(root, 'ConfigMap metadata.name'))).toEqual([
      'content hash kustomization.yaml:2:3 name: a\n  literals:\n  - plain=b\n  - "double=\'x\'"\n  files: [k=f.txt]\n  envs: [e.env]',
      'written kustomization.yaml:2:9 a',
    ]);
  });

  it.each([
    ['literals: [ab]', '3:14', 'a literal is written key=value, but this is `ab`'],
    ['literals: ["=b"]', '3:14', 'a literal is written key=value, but this is `=b`'],
    ['literals: [a=1, a=2]', '3:19', 'the key `a` is repeated; rename or remove one of the two'],
    ['literals: [f=1]\n  files: [f]', '4:11', 'the key `f` is repeated; rename or remove one of the two'],
    ['literals: [<<=1]', '3:14', 'kustomize takes the key `<<` for a merge key of YAML; rename it'],
    ['files: ["=f"]', '3:11', '`=f` has no key before the `=`; write key=path or only the path'],
    ['files: ["f="]', '3:11', '`f=` has no path after the `=`; write key=path or only the path'],
    [
      'files: [a=b=c]',
      '3:11',
      '`a=b=c` has more than one `=`; neither a key nor a path may contain it, so rename the file',
    ],
    ['files: [nope]', '3:11', '`nope` does not exist; create it or remove this entry'],
    ['envs: [f]', '3:10', 'line 2 of `f` is not UTF-8; save the file as UTF-8, or list it under `files:`'],
  ])('is refused: %s', (args, at, message) => {
    expectRefusal(
      { 'kustomization.yaml': generator(`  ${args}\n`), f: new Uint8Array([65, 61, 66, 10, 65, 61, 0xff]) },
      `kustomization.yaml:${at}: ${message}`,
    );
  });

  it.each([
    ['db.env', 'db.env.example'],
    ['db.env', 'db.example.env'],
    ['db.env', 'db-sample.env'],
  ])('%s is to be made from %s', (missing, sample) => {
    expectRefusal(
      { 'kustomization.yaml': generator(`  envs: [conf/${missing}]\n`), [`conf/${sample}`]: 'a=b\n' },
      `kustomization.yaml:3:10: \`conf/${missing}\` does not exist; make it from \`conf/${sample}\`, or remove this entry`,
    );
  });

  it('needs a name', () => {
    expectRefusal(
      { 'kustomization.yaml': 'configMapGenerator:\n- literals: [a=b]\n' },
      'kustomization.yaml:2:3: a generated ConfigMap needs a name; add `name` to this entry',
    );
  });
});
