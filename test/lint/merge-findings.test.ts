import { describe, expect, test } from 'vitest';
import type { Finding } from '../../src/findings/finding.ts';
import { mergeFindings, sortFindings } from '../../src/lint/merge-findings.ts';
import { file, finding, spanOf } from '../report/result.ts';

const source = file('base/app.yaml', 'kind: Deployment\nmetadata:\n  name: app\n');
const at = spanOf(source, 'app');

function about(root: string, name: string, message: string, rest: Partial<Finding> = {}): Finding {
  const object = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: undefined, name };
  return finding(at, { message, object, roots: [`/w/${root}`], ...rest });
}

function merged(...findings: Finding[]) {
  return mergeFindings(findings).map(({ message, roots }) => [message, ...roots]);
}

describe('mergeFindings', () => {
  test('the same message in several roots is one finding', () => {
    expect(merged(about('b', 'app', 'Bad.'), about('a', 'app', 'Bad.'), about('a', 'app', 'Worse.'))).toEqual([
      ['Bad.', '/w/a', '/w/b'],
      ['Worse.', '/w/a'],
    ]);
  });

  test('also without an object, if only versions differ', () => {
    const plain = (root: string, version: string): Finding =>
      finding(at, { message: `Misses Job app-${version}.`, roots: [`/w/${root}`] });
    expect(merged(plain('a', 'v1.4.0'), plain('b', 'v1.5.0'), plain('c', 'main'))).toEqual([
      ['Misses Job app-v1.4.0.', '/w/a', '/w/b'],
      ['Misses Job app-main.', '/w/c'],
    ]);
    expect(merged(plain('a', 'v1.4.0'), about('b', 'app', 'Misses Job app-v1.5.0.'))).toHaveLength(2);
  });

  test('also where the roots give the objects other names', () => {
    expect(
      merged(
        about(
          'staging',
          'staging-app',
          'Deployment staging-app waits for "app-migration", called "staging-app-migration" here.',
        ),
        about(
          'production',
          'production-app',
          'Deployment production-app waits for "app-migration", called "production-app-migration" here.',
        ),
        about('dev', 'app', 'Deployment app waits for "app-migration", called "app-migration" here.'),
      ),
    ).toEqual([
      [
        'Deployment app waits for "app-migration", called "app-migration" here.',
        '/w/dev',
        '/w/production',
        '/w/staging',
      ],
    ]);
  });

  test('and other namespaces', () => {
    const object = (namespace: string) => ({ apiVersion: 'v1', kind: 'Job', namespace, name: 'a' });
    expect(
      merged(
        about('x', 'a', 'Job a in eu-1 is bad.', { object: object('eu-1') }),
        about('y', 'a', 'Job a in us-1 is bad.', { object: object('us-1') }),
      ),
    ).toEqual([['Job a in eu-1 is bad.', '/w/x', '/w/y']]);
  });

  test('and other versions, but for two in one root', () => {
    const withVersion = (root: string, version: string) =>
      about(
        root,
        'app',
        `Deployment app runs before Job \`app-migration-${version}\` of image \`team/app:${version}\`.`,
      );
    const [staging, production] = [withVersion('staging', 'v1.3.0-rc1'), withVersion('production', '9f86d081')];
    expect(merged(staging, production)).toEqual([[production.message, '/w/production', '/w/staging']]);
    expect(
      merged(withVersion('a', 'v1'), withVersion('a', 'v2'), withVersion('b', 'v1'), withVersion('b', 'v2')),
    ).toEqual([
      [withVersion('a', 'v1').message, '/w/a', '/w/b'],
      [withVersion('a', 'v2').message, '/w/a', '/w/b'],
    ]);
  });

  test('what differs in more than names stays apart', () => {
    expect(merged(about('a', 'a-app', 'a-app has 1.'), about('b', 'b-app', 'b-app has 2.'))).toHaveLength(2);
    expect(merged(about('a', 'app', 'app-v1 and x'), about('b', 'app', 'app-v2 and y'))).toHaveLength(2);
    expect(merged(about('a', 'app', 'Waits 30 seconds.'), about('b', 'app', 'Waits 60 seconds.'))).toHaveLength(2);
    expect(merged(about('a', 'a-app', 'a-app, a-x'), about('b', 'b-app', 'b-app, c-x'))).toHaveLength(2);
    expect(merged(about('a', 'app', 'Bad.'), about('b', 'app', 'Bad.', { severity: 'info' }))).toHaveLength(2);
    expect(merged(about('a', 'app', 'Bad.'), about('b', 'app', 'Bad.', { at: spanOf(source, 'kind') }))).toHaveLength(
      2,
    );
    expect(merged(about('a', 'app', 'Bad.'), about('b', 'app', 'Bad.', { rule: 'job-force' }))).toHaveLength(2);
  });
});

test('sortFindings goes by path, place and rule', () => {
  const other = file('a.yaml', 'x: y\n');
  const findings = [
    finding(spanOf(source, 'name'), { rule: 'b' }),
    finding(spanOf(source, 'name'), { rule: 'a' }),
    finding(spanOf(source, 'kind'), { rule: 'z' }),
    finding(spanOf(other, 'y'), { rule: 'z' }),
  ];
  expect(sortFindings(findings).map(({ at: { file: where }, rule }) => `${where.path} ${rule}`)).toEqual([
    '/w/a.yaml z',
    '/w/base/app.yaml z',
    '/w/base/app.yaml a',
    '/w/base/app.yaml b',
  ]);
});
