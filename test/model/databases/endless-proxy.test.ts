import { describe, expect, test } from 'vitest';
import { findEndlessProxy } from '../../../src/model/databases/endless-proxy.ts';
import { jobOf } from '../../support/job-from-yaml.ts';

/** The name of the init container that never ends. */
function endless(fields: string, first = ''): string | undefined {
  const { job } = jobOf({
    spec: `initContainers: [${first}{name: proxy, image: "gcr.io/cloud-sql-connectors/cloud-sql-proxy:2.14.0"${fields}}]`,
  });
  return findEndlessProxy(job)?.name.value;
}

describe('endless-proxy', () => {
  test.each([
    ['', 'proxy'],
    [', args: [project:region:db]', 'proxy'],
    [', command: [/cloud-sql-proxy, project:region:db]', 'proxy'],
    [', command: [/cloud-sql-proxy, project:wait-db]', 'proxy'],
    [', command: [/cloud-sql-proxy, waiting]', 'proxy'],
    [', command: [/cloud-sql-proxy, --prewait]', 'proxy'],
    [', restartPolicy: Always', undefined],
    [', command: [cp, /cloud-sql-proxy, /bin]', undefined],
    [', command: [/cloud-sql-proxy, wait]', undefined],
    [', command: [/cloud-sql-proxy], args: [shutdown]', undefined],
    [', args: [completion]', undefined],
    [', args: [--version]', undefined],
    [', args: [-version]', undefined],
    [', args: [--help]', undefined],
    [', args: [-help]', undefined],
    [', command: [wait-proxy]', 'proxy'],
  ])('a proxy with %s: %s', (fields, expected) => {
    expect(endless(fields)).toBe(expected);
  });

  test('not any other container', () => {
    expect(endless('', '{name: first, image: busybox}, ')).toBe('proxy');
    expect(endless(', restartPolicy: Always', '{name: first, image: busybox}, ')).toBeUndefined();
  });
});
