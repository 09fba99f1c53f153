import { existsSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { Ajv } from 'ajv';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import * as library from '../../src/index.ts';
import { runOnWindows } from '../support/windows.ts';
import { fences, pages, top } from './pages.ts';

const read = (path: string): string => readFileSync(top + path, 'utf8');
const yamlFences = fences.filter(({ language }) => language === 'yaml');
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** All maps in a value, that itself among them. */
function* mapsIn(value: unknown): Generator<Record<string, unknown>> {
  if (isRecord(value)) yield value;
  if (typeof value === 'object' && value !== null) for (const child of Object.values(value)) yield* mapsIn(child);
}

const workflowMaps = yamlFences.flatMap(({ text }) => [...mapsIn(parse(text))]);

test('one version is named everywhere', () => {
  const named = [...pages].flatMap(([page, text]) =>
    [...text.matchAll(/migrate-lint@v?(\d+\.\d+\.\d+)|rev: v(\S+)/g)].map((match) => [page, match[1] ?? match[2]]),
  );
  expect(named.length).toBeGreaterThan(5);
  expect(named).toEqual(named.map(([page]) => [page, named[0]?.[1]]));
});

test('links lead to files and headings', () => {
  for (const [page, text] of pages) {
    for (const [, link = ''] of text.matchAll(/\]\((?!https?:)([^)\s]+)\)/g)) {
      const [path = '', heading] = link.split('#');
      const target = path === '' ? page : posix.join(posix.dirname(page), path);
      expect(existsSync(top + target), `${page}: ${link}`).toBe(true);
      if (heading === undefined) continue;
      const headings = [...read(target).matchAll(/^#+ (.*)$/gm)].map(([, title = '']) =>
        title
          .toLowerCase()
          .replaceAll(/[^\w\- ]/g, '')
          .replaceAll(' ', '-'),
      );
      expect(headings, `${page}: ${link}`).toContain(heading);
    }
  }
});

describe('settings', () => {
  const schema: { properties: Record<string, unknown> } = JSON.parse(read('schemas/config.schema.json'));
  const known = Object.keys(schema.properties);
  const shown = yamlFences
    .map(({ page, text }) => ({ page, settings: parse(text) as unknown }))
    .filter(({ settings }) => isRecord(settings) && Object.keys(settings).every((key) => known.includes(key)));

  test('that are shown are right', () => {
    const validate = new Ajv({ strict: true, allowUnionTypes: true }).compile(schema);
    for (const { page, settings } of shown)
      expect(validate(settings), `${page}: ${JSON.stringify(settings)}`).toBe(true);
  });

  test('are all explained', () => {
    const inPage = shown
      .filter(({ page }) => page === 'docs/settings.md')
      .flatMap(({ settings }) => Object.keys(settings ?? {}));
    expect(inPage.sort()).toEqual(known.sort());
  });
});

describe('CI', () => {
  test('the action gets inputs that it has, and gives the outputs that are used', () => {
    const action = parse(read('action.yml')) as Record<'inputs' | 'outputs', Record<string, unknown>>;
    const steps = workflowMaps.filter(({ uses }) => String(uses).startsWith('OWNER/'));
    expect(steps.length).toBeGreaterThan(1);
    for (const { uses, with: inputs } of steps) {
      expect(uses).toMatch(/^OWNER\/migrate-lint@v\d+\.\d+\.\d+$/);
      expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(Object.keys(inputs ?? {})));
    }
    const used = [...(pages.get('docs/ci.md') ?? '').matchAll(/steps\.migrate-lint\.outputs\.([\w-]+)/g)];
    expect(used.map(([, name]) => name)).toEqual(['sarif-file', 'sarif-file']);
    expect(listAfter('Inputs: ', 0)).toEqual(Object.keys(action.inputs).sort());
    expect(listAfter('Outputs: ', 0)).toEqual(Object.keys(action.outputs).sort());
  });

  test('the component gets inputs that it has', () => {
    const header: { spec: { inputs: object } } = parse(read('templates/migrate-lint.yml').split(/^---$/m)[0] ?? '');
    const inputs = Object.keys(header.spec.inputs);
    const uses = workflowMaps.filter(({ component }) => component !== undefined);
    expect(uses.length).toBeGreaterThan(1);
    for (const { component, inputs: given } of uses) {
      expect(component).toMatch(/^\$CI_SERVER_FQDN\/GROUP\/migrate-lint\/migrate-lint@\d+\.\d+\.\d+$/);
      expect(inputs).toEqual(expect.arrayContaining(Object.keys(given ?? {})));
    }
    expect(listAfter('Inputs: ', 1)).toEqual(inputs.sort());
  });

  test('the hook is there', () => {
    const hooks = workflowMaps.filter(({ repo }) => repo !== undefined);
    expect(hooks.length).toBeGreaterThan(1);
    const known = (parse(read('.pre-commit-hooks.yaml')) as { id: string }[]).map(({ id }) => ({ id }));
    for (const { hooks: used } of hooks) expect(used).toEqual(known);
  });

  /** The names in code in the sentence that begins so for the nth time on the page. */
  function listAfter(start: string, occurrence: number): string[] {
    const [, sentence = ''] =
      [...(pages.get('docs/ci.md') ?? '').matchAll(new RegExp(`${start}([^.]+)\\.`, 'g'))][occurrence] ?? [];
    return [...sentence.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name).sort();
  }
});

describe('the command line', () => {
  const commands = ['build', 'merge', 'inspect', 'new', 'rules', 'explain', 'completion'];
  const options = new Map<string, ReadonlySet<string>>();

  beforeAll(async () => {
    for (const command of ['', ...commands]) {
      const { out } = await runOnWindows([...(command === '' ? [] : [command]), '--help'], {});
      options.set(
        command,
        new Set(out.match(/^ +(?:-\w, )?--[\w-]+/gm)?.map((line) => line.replace(/^.*?(?=--)/, ''))),
      );
    }
  });

  test('has the options of every call', () => {
    const calls = fences.flatMap(({ page, text }) =>
      [...text.matchAll(/(?:^|[ \n])(?:npx (?:--yes )?)?migrate-lint(?:@[\d.]+)? ([^\n|<>()]+)/g)].map(
        ([call, rest = '']) => ({
          page,
          call: call.trim(),
          words: rest.trim().split(/\s+/),
        }),
      ),
    );
    expect(calls.length).toBeGreaterThan(10);
    for (const { page, call, words } of calls) {
      const command = commands.includes(words[0] ?? '') ? (words[0] ?? '') : '';
      const flags = words.filter((word) => word.startsWith('--')).map((word) => word.replace(/=.*/, ''));
      for (const flag of flags) expect(options.get(command), `${page}: ${call}`).toContain(flag);
    }
  });

  test('has the options that the text names', () => {
    // Of `kubectl wait`, which the summary of a rule names.
    const others = ['--timeout'];
    const all = new Set([...options.values()].flatMap((flags) => [...flags]));
    for (const [page, text] of pages) {
      // Contributing speaks of other programs.
      if (page === 'CONTRIBUTING.md') continue;
      for (const [code, flag = ''] of text.matchAll(/`(--[\w-]+)[^`]*`/g)) {
        if (!others.includes(flag)) expect(all, `${page}: ${code}`).toContain(flag);
      }
    }
  });
});

test('the page of the library lists what it exports', () => {
  const page = pages.get('docs/library.md') ?? '';
  const imported = /import \{ (.+) \} from 'migrate-lint'/.exec(page)?.[1]?.split(', ') ?? [];
  const listed = [...page.matchAll(/^\| `(\w+)/gm)].map(([, name = '']) => name);
  expect(listed.sort()).toEqual(Object.keys(library).sort());
  expect(imported.length).toBeGreaterThan(3);
  expect(listed).toEqual(expect.arrayContaining(imported));
});
