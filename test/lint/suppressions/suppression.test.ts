import { describe, expect, test } from 'vitest';
import type { Finding } from '../../../src/findings/finding.ts';
import type { BuiltRoot } from '../../../src/kustomize/built-root.ts';
import { suppressFindings } from '../../../src/lint/suppressions/suppress-findings.ts';
import { readSuppressions } from '../../../src/lint/suppressions/suppression.ts';
import { SourceCache } from '../../../src/source/source-cache.ts';
import { SourceFile } from '../../../src/source/source-file.ts';
import { finding, spanOf } from '../../report/result.ts';
import { memoryFileSystem } from '../../support/memory-file-system.ts';

const sources = new SourceCache(memoryFileSystem({}));

function read(text: string, path = '/w/job.yaml') {
  const { suppressions, faults } = readSuppressions(new SourceFile(path, text), sources);
  return {
    suppressions: suppressions.map(({ rule, line, reason }) => [rule, line ?? 'file', reason]),
    faults: faults.map(({ message }) => message),
  };
}

function root(path: string, files: readonly SourceFile[], problems: BuiltRoot['problems'] = []): BuiltRoot {
  return {
    path,
    kustomization: undefined,
    resources: [],
    listed: [],
    order: undefined,
    problems,
    files,
    replacements: [],
    entries: [],
    overridden: [],
    unnamed: [],
  };
}

describe('readSuppressions', () => {
  test('the next line, whatever comments and blank lines stand between', () => {
    const text = 'spec:\n  # migrate-lint-disable-next-line job-force -- on purpose\n\n  # why\n  backoffLimit: 2\n';
    expect(read(text)).toEqual({ suppressions: [['job-force', 5, 'on purpose']], faults: [] });
  });

  test('the line itself, the file, several rules, no reason', () => {
    expect(read('a: b # migrate-lint-disable-line x, y z\n').suppressions).toEqual([
      ['x', 1, ''],
      ['y', 1, ''],
      ['z', 1, ''],
    ]);
    expect(read('a: b\n#migrate-lint-disable-file x --\n').suppressions).toEqual([['x', 'file', '']]);
    expect(read('a: b # migrate-lint-disable-line x -- a -- b\r\n').suppressions).toEqual([['x', 1, 'a -- b']]);
  });

  test.each([
    'migrate-lint-disable',
    'migrate-lint-ignore',
    'migrate-lint-ignore-next-line',
    'migrate-lint:disable-line',
    'migrate-lint-enable',
  ])('there is no comment %s', (name) => {
    expect(read(`# ${name} x\na: b\n`).faults).toEqual([
      `There is no comment "${name}"; write migrate-lint-disable-next-line, migrate-lint-disable-line or migrate-lint-disable-file.`,
    ]);
  });

  test('what cannot be understood', () => {
    expect(read('# migrate-lint-disable-file -- why\n').faults).toEqual([
      'This comment names no rule, so it silences nothing.',
    ]);
  });

  test('comments only: neither text that looks like one, nor other comments', () => {
    expect(
      read(
        'a: "# migrate-lint-disable-file x"\nb: |\n  # migrate-lint-disable-file x\n# see migrate-lint-disable-file x\n',
      ),
    ).toEqual({
      suppressions: [],
      faults: [],
    });
  });

  test('in the inline patches of a kustomization, and in env files', () => {
    const patch =
      'patches:\n  - patch: |\n      spec:\n        # migrate-lint-disable-next-line x\n        a: b\n# migrate-lint-disable-file y\n';
    expect(read(patch, '/w/kustomization.yaml').suppressions).toEqual([
      ['y', 'file', ''],
      ['x', 5, ''],
    ]);
    expect(read('# migrate-lint-disable-next-line x\nA=b\n', '/w/.env').suppressions).toEqual([['x', 2, '']]);
  });
});

describe('a day until which a comment counts', () => {
  const day = (text: string) => read(`a: b # migrate-lint-disable-line x ${text}\n`);

  test('comes after the rules', () => {
    const [one] = readSuppressions(
      new SourceFile('/w/a.yaml', 'a: b # migrate-lint-disable-line x, y until 2026-12-31 -- why\n'),
      sources,
    ).suppressions;
    expect(one).toMatchObject({ rule: 'x', until: '2026-12-31', reason: 'why' });
    for (const text of ['until', 'until soon', 'until 2026-02-30', 'until 2026-1-1', 'until 2026-12-31 y']) {
      expect(day(text)).toEqual({
        suppressions: [],
        faults: ['`until` takes a date, written as 2026-12-31, and nothing after it.'],
      });
    }
  });

  test('is its last', () => {
    const source = new SourceFile('/w/job.yaml', 'a: 1 # migrate-lint-disable-line job-force until 2026-12-31\n');
    const one = finding(spanOf(source, '1'), { rule: 'job-force' });
    const rules = { ids: ['job-force'], ran: () => true };
    const on = (today: string) => suppressFindings([one], [root('/w', [source])], rules, sources, today);
    expect(on('2026-12-31')).toMatchObject({ kept: [], suppressed: [{ finding: one }], unused: [] });
    expect(on('2027-01-01')).toMatchObject({ kept: [one], suppressed: [] });
    expect(on('2027-01-01').unused.map(({ message }) => message)).toEqual([
      'This suppression expired on 2026-12-31; fix what it silenced, or set a later date.',
    ]);
  });
});

describe('suppressFindings', () => {
  const text =
    'a: 1 # migrate-lint-disable-line job-force, wait-rbac -- known\nb: 2\n# migrate-lint-disable-file job-forze\n';
  const file = new SourceFile('/w/job.yaml', text);
  const rules = { ids: ['job-force', 'wait-rbac'], ran: (id: string) => id !== 'off' };
  const force = (at: string): Finding => finding(spanOf(file, at), { rule: 'job-force' });

  test('silences the findings of the line, and reports what silences nothing', () => {
    const findings = [force('1'), force('2')];
    const { kept, suppressed, unused } = suppressFindings(
      findings,
      [root('/w/b', [file]), root('/w/a', [file])],
      rules,
      sources,
    );
    expect(kept).toEqual([findings[1]]);
    expect(suppressed).toEqual([{ finding: findings[0], reason: 'known' }]);
    expect(unused.map(({ message, roots }) => [message, roots])).toEqual([
      ['The rule wait-rbac finds nothing on line 1; remove this suppression.', ['/w/a', '/w/b']],
      ['There is no rule "job-forze", so this comment silences nothing. Did you mean "job-force"?', ['/w/a', '/w/b']],
    ]);
    expect(unused.map(({ at }) => text.slice(at.start, at.end))).toEqual(['wait-rbac', 'job-forze']);
  });

  test('says nothing of unused ones where the rule did not run, or a root with the file failed', () => {
    const messages = (roots: BuiltRoot[], known = rules) =>
      suppressFindings([], roots, known, sources).unused.map(({ message }) => message.split(',')[0]);
    const problem = { kind: 'error' as const, message: '', at: spanOf(file, '1'), related: [] };
    expect(messages([root('/w/a', [file]), root('/w/b', [file], [problem])])).toEqual(['There is no rule "job-forze"']);
    expect(messages([root('/w/a', [file])], { ...rules, ran: () => false })).toEqual(['There is no rule "job-forze"']);
    expect(messages([root('/w/a', [])])).toEqual([]);
  });
});
