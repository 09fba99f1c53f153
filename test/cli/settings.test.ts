import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { shown } from '../support/disk.ts';
import { createWorkspace } from '../support/workspace.ts';

const workspace = createWorkspace(
  Object.fromEntries(['a', 'b', 'c'].map((name) => [`${name}/kustomization.yaml`, 'resources: [nowhere.yaml]\n'])),
);

const schema = new URL('../../schemas/config.schema.json', import.meta.url);
const names = Object.keys(JSON.parse(readFileSync(schema, 'utf8')).properties);

test('--init writes a settings file whose every setting is right', () => {
  expect(workspace.run(['--init'])).toMatchObject({ code: 0, err: '' });
  const text = workspace.read('migrate-lint.yaml');
  expect(parse(text)).toBeNull();
  expect(workspace.run(['a']).code).toBe(1);
  expect(workspace.run(['--init'])).toMatchObject({
    code: 2,
    err: 'error: migrate-lint.yaml already exists here.\n',
  });
  // The examples are settings, too: without their hashes the file is one.
  const examples = text.replace(/^# (?!yaml-)(?=[\w-]+:| )/gm, '').replace('../infrastructure', '.');
  expect(names.filter((name) => !['strictSubstitution', ...Object.keys(parse(examples))].includes(name))).toEqual([]);
  workspace.write({
    'migrate-lint.yaml': examples,
    'migrate-lint-baseline.json': '{"version": 1, "findings": []}',
    'vendor/remote/README': '',
  });
  expect(workspace.run(['a'])).toMatchObject({ code: 1, err: '' });
});

test('--print-config prints what counts, and no value of a variable', () => {
  workspace.write({ 'a/migrate-lint.yaml': 'rules: {job-force: info}\nvariables: {TOKEN: hunter2}\n' });
  const { code, out } = workspace.run(['a', '--print-config', '--kustomize', '5.7']);
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    kustomize: '5.7',
    failOn: 'error',
    directory: shown(join(workspace.path, 'a')),
    rules: { 'job-force': 'info', 'build-error': 'error' },
    variables: ['TOKEN'],
  });
  expect(out).not.toContain('hunter2');
  // As a settings file has it, with the folder of that file.
  const { directory: _, ...printed } = JSON.parse(out);
  expect(Object.keys(printed).filter((name) => !names.includes(name))).toEqual([]);
});

test('--max-findings counts what it does not show', () => {
  const { code, out } = workspace.run(['--max-findings', '1']);
  expect(code).toBe(1);
  expect(out.match(/^error\[/gm)).toHaveLength(1);
  expect(out).toMatch(
    /\n\n2 more findings not shown\.\n\nFound 3 errors in 3 files \(3 roots\)\.\nMore about a rule: [^\n]+\n$/,
  );
  expect(workspace.run(['--max-findings', '0']).err).toContain('Write a whole number, 1 or greater.');
});
