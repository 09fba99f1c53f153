import { describe, expect, test } from 'vitest';
import { buildTree, describePlace, printTree, spanText } from '../build-tree.ts';

/** A tree with one replacement, given as its source and the target's path and options, and the fields of both objects. */
function tree(source: string, target: string, data = '{a: b}', spec = '{field: old}') {
  return {
    'kustomization.yaml': `resources: [objects.yaml]\nreplacements:\n- ${source}\n  targets:\n  - select: {kind: Widget}\n    ${target}\n`,
    'objects.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: source}\ndata: ${data}\n---\napiVersion: example.com/v1\nkind: Widget\nmetadata: {name: target}\nspec: ${spec}\n`,
  };
}

/** What stands in the target's spec after the build, or the problem. */
function spec(...given: Parameters<typeof tree>): string {
  const text = printTree(tree(...given));
  return text.includes('\nspec:') ? text.slice(text.indexOf('\nspec:') + 6).trim() : text;
}

const from = (path: string, options = '') =>
  `source: {kind: ConfigMap, name: source, fieldPath: ${path}${options === '' ? '' : `, options: {${options}}`}}`;
const to = (path: string, options = '') =>
  `fieldPaths: [${path}]${options === '' ? '' : `\n    options: {${options}}`}`;

describe('write-field: what is written', () => {
  test.each([
    ['a part in the middle', 'delimiter: "-", index: 1', 'x-y-z', 'x-b-z'],
    ['the first part', 'delimiter: "-", index: 0', 'x-y-z', 'b-y-z'],
    ['the first part by default', 'delimiter: "-"', 'x-y-z', 'b-y-z'],
    ['the last part', 'delimiter: "-", index: 2', 'x-y-z', 'x-y-b'],
    ['one behind the last', 'delimiter: "-", index: 3', 'x-y-z', 'x-y-z-b'],
    ['one in front', 'delimiter: "-", index: -1', 'x-y-z', 'b-x-y-z'],
  ])('%s', (_, options, old, expected) => {
    expect(spec(from('data.a'), to('spec.field', options), '{a: b}', `{field: ${old}}`)).toBe(`field: ${expected}`);
  });

  test.each([
    ['a field that is made gets the type of its text', '{a: "1"}', 'field: old\n  new: 1'],
    ['a truth value likewise', '{a: "true"}', 'field: old\n  new: true'],
    ['lines stand as a block', '{a: "x\\ny\\n"}', 'field: old\n  new: |\n    x\n    y'],
    ['a text', '{a: b}', 'field: old\n  new: b'],
  ])('%s', (_, data, expected) => {
    expect(spec(from('data.a'), to('spec.new', 'create: true'), data)).toBe(expected);
  });

  test.each([
    ['1', '2', 'field: 2'],
    ['1.5', '2.5', 'field: 2.5'],
    ['1.5', '2', 'field: 2'],
    ['true', 'false', 'field: false'],
  ])('%s becomes %s', (old, text, expected) => {
    expect(spec(from('data.a'), to('spec.field'), `{a: "${text}"}`, `{field: ${old}}`)).toBe(expected);
  });

  test.each([
    ['1', 'x'],
    ['1', '1.5'],
    ['1.5', 'x'],
    ['true', '1'],
    ['2020-01-02', 'x'],
  ])('%s cannot become %s', (old, text) => {
    expect(spec(from('data.a'), to('spec.field'), `{a: "${text}"}`, `{field: ${old}}`)).toMatch(
      /^(kustomization|objects)\.yaml:\d+:\d+: /,
    );
  });

  test('a map and a list as a whole, with everything in them from the source', () => {
    expect(spec(from('data'), to('spec.field'), '{a: b, c: d}', '{field: {x: y}}')).toBe('field:\n    a: b\n    c: d');
    const root = buildTree(tree(from('data'), to('spec.field'), '{a: [b]}', '{field: {x: y}}'));
    const [, target] = root.resources;
    const origins: string[] = [];
    const visit = (node: NonNullable<typeof target>['node']['entries'][number]['value']): void => {
      if (node.origin.kind === 'transformed') origins.push(`${node.origin.by} ${spanText(node.origin.configuredIn)}`);
      if (node.kind === 'map') for (const { value } of node.entries) visit(value);
      if (node.kind === 'sequence') for (const item of node.items) visit(item);
    };
    if (target) visit(target.node);
    expect(origins).toEqual(Array(3).fill('replacement spec.field'));
  });
});

/** The first problem with its related places. */
function refusal(...given: Parameters<typeof tree>): string[] {
  const [problem] = buildTree(tree(...given)).problems;
  if (problem === undefined) return [];
  const related = problem.related.map(({ at, note }) => `${describePlace(at)} ${note}`);
  return [`${describePlace(problem.at)} ${problem.message}`, ...related];
}

describe('write-field: what is refused', () => {
  test('a delimiter where there is no single value', () => {
    expect(refusal(from('data.a'), to('spec.field', 'delimiter: "-"'), '{a: b}', '{field: {x: y}}')).toEqual([
      'kustomization.yaml:7:14 only a single value can be split at a delimiter, and this path leads to a map or list; remove the `delimiter`',
      'objects.yaml:9:15 what the path leads to',
    ]);
    expect(refusal(from('data', 'delimiter: "-"'), to('spec.field'))).toEqual([
      'kustomization.yaml:3:69 only a single value can be split at a delimiter; remove the `delimiter`',
    ]);
  });

  test.each([
    ['2', 'b'],
    ['-1', 'b'],
  ])('part %s of a value without it', (index) => {
    const [first, ...related] = refusal(
      from('data.a', `delimiter: "-", index: ${index}`),
      to('spec.field'),
      '{a: x-y}',
    );
    expect(first).toContain(`\`x-y\` split at \`-\` has no part ${index}; the parts are numbered 0 to 1`);
    expect(related).toEqual(['objects.yaml:4:11 the value']);
  });

  test.each(['{}', '[]', 'null'])('an empty value: %s', (value) => {
    const [first, ...related] = refusal(from('data'), to('spec.field'), value);
    expect(first).toContain('has no value at `data` to copy');
    expect(related).toEqual([expect.stringMatching(/^objects\.yaml:1:1 the source, /)]);
  });

  test('a path that cannot be followed', () => {
    const [first, ...related] = refusal(from('data.a.*'), to('spec.field'));
    expect(first).toContain('a source is one field, so its path cannot have `*`');
    expect(related).toHaveLength(1);
  });

  test('an object that is not there, and one that is there twice', () => {
    expect(refusal('source: {kind: ConfigMap, name: other}', to('spec.field'))[0]).toMatch(
      /^kustomization\.yaml:3:35 no object is of kind ConfigMap, name other, /,
    );
    const [first, ...related] = refusal('source: {}', to('spec.field'));
    expect(first).toContain('2 objects are named by an empty source, ');
    expect(related.map((each) => each.split(' ')[0])).toEqual(['objects.yaml:1:1', 'objects.yaml:6:1']);
  });

  test('what is of another type than the field', () => {
    expect(refusal(from('data.a'), to('spec.field'), '{a: b}', '{field: 1}')).toEqual([
      'kustomization.yaml:6:18 `b` cannot be written here: the field is an integer, and keeps its type; quote its value to make it a text',
      'objects.yaml:9:15 the field',
      'objects.yaml:4:11 the value',
    ]);
  });

  test.each([
    ['1.5', 'a number'],
    ['true', 'true or false'],
    ['null', 'null'],
    ['2020-01-02', 'a date'],
  ])('a text where %s is', (old, what) => {
    expect(refusal(from('data.a'), to('spec.field'), '{a: b}', `{field: ${old}}`)[0]).toContain(
      `the field is ${what},`,
    );
  });

  test.each([
    ['spec.none', '{}', 'no such field; correct the path, add the field, or set `options: {create: true}`'],
    ['spec..field', '{field: x}', 'one of its steps is empty; remove the extra dot'],
    ['spec.field.1', '{field: [x]}', 'the list has 1 item, and none at index 1'],
    ['spec.field.2', '{field: [x, y]}', 'the list has 2 items, and none at index 2'],
    ['spec.field.*', '{field: {x: y}}', '`*` needs a list, and there is a map'],
    ['spec.field.-', '{field: [x]}', '`-` means the last item of a list in a source only; write its index'],
    [
      'spec.field.-',
      '{field: {x: y}}',
      'no such field; correct the path, add the field, or set `options: {create: true}`',
    ],
    ['"spec.field.[name=x]"', '{field: {name: x}}', '`[name=x]` needs a list, and there is a map'],
    ['"spec.field.[name]"', '{field: [x]}', '`[name]` has no `=`; write `[name=value]`'],
    [
      '"spec.field.[name=x].y"',
      '{field: [z, {name: x, z: y}]}',
      'no such field; correct the path, add the field, or set `options: {create: true}`',
    ],
  ])('the path %s in %s', (path, fields, reason) => {
    expect(refusal(from('data.a'), to(path), '{a: b}', fields)).toEqual([
      `kustomization.yaml:6:18 cannot find \`${path.replaceAll('"', '')}\` in Widget.v1.example.com/target.[noNs]: ${reason}`,
      'objects.yaml:6:1 the object that this target selects',
    ]);
  });

  test('an item that would not be found again', () => {
    expect(
      refusal(from('data.a'), to('"spec.field.[name=^x$]"', 'create: true'), '{a: b}', '{field: []}')[0],
    ).toContain(
      'no item matches `[name=^x$]`, not even one that is created for it, so kustomize creates more and more items and never ends; write the value without regular expression characters',
    );
  });

  test('a pattern that is none', () => {
    expect(refusal(from('data.a'), to('"spec.field.[name=(]"'), '{a: b}', '{field: [{name: x}]}')).toEqual([
      expect.stringMatching(/^kustomization\.yaml:6:18 `\(` is not a regular expression that Go can read /),
    ]);
  });

  test('a target without a selector, and an empty one', () => {
    const build = (target: string) => {
      const files = tree('sourceValue: x', '');
      const text = `resources: [objects.yaml]\nreplacements:\n- sourceValue: x\n  targets: [${target}]\n`;
      return printTree({ ...files, 'kustomization.yaml': text });
    };
    const message = 'this target has no `select`; say which objects are to be changed';
    expect(build('{fieldPaths: [spec.field]}')).toBe(`kustomization.yaml:4:14: ${message}`);
    expect(build('{}')).toBe(`kustomization.yaml:4:13: ${message}`);
  });

  test('what kustomize crashes on', () => {
    const build = (targets: string) => {
      const text = `resources: [objects.yaml]\nreplacements:\n- sourceValue: x\n  targets: ${targets}\n`;
      return printTree({ ...tree('sourceValue: x', ''), 'kustomization.yaml': text });
    };
    const message = 'is empty, and kustomize crashes on it; fill it in, or remove it';
    expect(build('[null]')).toBe(`kustomization.yaml:4:13: this target ${message}`);
    expect(build('\n  -\n  - select: {kind: Widget}')).toBe(`kustomization.yaml:5:4: this target ${message}`);
    expect(build('[{select: {kind: Widget}, reject: [~]}]')).toBe(
      `kustomization.yaml:4:47: this item of \`reject\` ${message}`,
    );
    expect(build('[{select: {kind: Widget}, reject: [{}]}]')).not.toContain(message);
  });

  test('an empty replacement', () => {
    const text = 'resources: [objects.yaml]\nreplacements: [{}]\n';
    expect(printTree({ ...tree('sourceValue: x', ''), 'kustomization.yaml': text })).toBe(
      'kustomization.yaml:2:16: this replacement has no `targets`; say which fields of which objects are to be changed',
    );
  });

  test('both a source and a constant, and neither', () => {
    expect(refusal(`${from('data.a')}\n  sourceValue: x`, to('spec.field'))).toEqual([
      'kustomization.yaml:4:16 a replacement has either `source` or `sourceValue`; remove one of the two',
    ]);
    expect(refusal('options: {}', to('spec.field'))[0]).toMatch(/^kustomization\.yaml:3:3 /);
  });
});

describe('find-source', () => {
  test('a source by namespace: none is the default one', () => {
    const source = (namespace: string) => `source: {kind: ConfigMap, namespace: ${namespace}, fieldPath: data.a}`;
    expect(spec(source('default'), to('spec.field'))).toBe('field: b');
    expect(spec(source('other'), to('spec.field'))).toContain('no object is of kind ConfigMap, namespace other');
  });

  test('a constant becomes what it reads as where it replaces a map, and stays a text where it replaces one', () => {
    expect(spec('sourceValue: "1"', to('spec.field'), '{a: b}', '{field: {x: y}}')).toBe('field: 1');
    expect(spec('sourceValue: "1"', to('spec.field'))).toBe('field: "1"');
    expect(spec('sourceValue: "x\\ny\\n"', to('spec.field'), '{a: b}', '{field: {x: y}}')).toBe(
      'field: |\n    x\n    y',
    );
  });
});

describe('apply-replacement', () => {
  test.each(['5.7', '5.8'] as const)('only an annotation may become a text in kustomize %s', (dialect) => {
    const print = (path: string) =>
      printTree(
        {
          'kustomization.yaml': `resources: [objects.yaml]\nreplacements:\n- source: {kind: ConfigMap, name: source, fieldPath: data.a}\n  targets:\n  - {select: {kind: Widget}, fieldPaths: [${path}]}\n`,
          'objects.yaml':
            'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: source}\ndata: {a: b}\n---\napiVersion: example.com/v1\nkind: Widget\nmetadata: {name: target, annotations: {a: 5}, labels: {a: 5}}\nspec: {annotations: {a: 5}}\n',
        },
        dialect,
      );
    expect(print('metadata.annotations.a')).toContain('\n  annotations:\n    a: b\n  labels:\n    a: 5\n');
    for (const path of ['metadata.labels.a', 'spec.annotations.a']) {
      expect(print(path)).toContain('`b` cannot be written here: the field is an integer');
    }
  });
});
