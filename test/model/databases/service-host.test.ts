import { describe, expect, test } from 'vitest';
import { readServiceHosts } from '../../../src/model/databases/service-host.ts';

describe('service-host', () => {
  test.each([
    ['postgres', ['postgres of shop']],
    ['postgres.data', ['postgres of data, qualified']],
    ['postgres.data.svc', ['postgres of data, qualified']],
    ['postgres.data.svc.cluster.local', ['postgres of data, qualified']],
    ['postgres-0.postgres', ['postgres-0 of postgres, qualified', 'postgres of shop']],
    ['postgres-12.postgres.data', ['postgres of data, qualified']],
    ['postgres-0.postgres.data.svc.cluster.local', ['postgres of data, qualified']],
    ['postgres-0', ['postgres-0 of shop']],
    ['replica.postgres', ['replica of postgres, qualified']],
    ['replica.postgres.data', []],
    ['postgres-0.postgres.data.example', []],
    ['db.example.com', []],
  ])('%s', (host, expected) => {
    const described = readServiceHosts(host, 'shop').map(
      ({ service, namespace, isQualified }) => `${service} of ${namespace}${isQualified ? ', qualified' : ''}`,
    );
    expect(described).toEqual(expected);
  });
});
