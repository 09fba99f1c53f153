import { type Fault, fault, faults } from './fault.ts';

const fromKey = /valueFrom:\n[\s\S]*key: url\n/;
const database = 'name: shop-database\n';
const url = 'postgres://shop@postgres.example.com';

/** Where both take the URL from a key of a Secret. */
export const keyFaults: readonly Fault[] = [
  fault("another service's Secret", 'job', database, 'name: ‹env-source-match›orders-database\n'),
  fault("another service's Secret, in the service", 'service', database, 'name: ‹env-source-match›orders-database\n'),
  faults('no settings', ['job', / {10}env:\n[\s\S]*/, ''], ['job', 'name: migrate', 'name: ‹env-source-match›migrate']),
];

/** Where the tree shows which keys there are, and what they hold. */
export const knownKeyFaults: readonly Fault[] = [
  fault('a slip in the name', 'job', database, 'name: ‹env-source-missing›shop-databse\n'),
  fault('a slip in the name, in the service', 'service', database, 'name: ‹env-source-missing›shop-databse\n'),
  fault('another key', 'job', 'key: url\n', 'key: ‹env-source-missing›uri\n'),
  fault('another key, in the service', 'service', 'key: url\n', 'key: ‹env-source-missing›uri\n'),
  fault(
    'a reference to a ConfigMap',
    'job',
    `secretKeyRef:\n                  ${database}`,
    `configMapKeyRef:\n                  name: ‹env-source-missing›shop-database\n`,
  ),
  fault("another host's URL", 'job', fromKey, `value: ‹env-source-match›postgres://shop@orders.example.com/shop\n`),
  fault('the own computer', 'job', fromKey, `value: ‹env-source-match›postgres://shop@localhost/shop\n`),
  fault("another database's URL", 'job', fromKey, `value: ‹env-source-match›${url}/orders\n`),
  fault("another database's URL, in the service", 'service', fromKey, `value: ‹env-source-match›${url}/orders\n`),
];

/** Where both have the URL as a value. */
export const literalFaults: readonly Fault[] = [
  fault('another host', 'job', `${url}:5432/shop`, '‹env-source-match›postgres://shop@orders.example.com/shop'),
  fault('another database', 'job', `${url}:5432/shop`, `‹env-source-match›${url}/orders`),
];

/** Where both take everything of a ConfigMap and a Secret. */
export const importFaults: readonly Fault[] = [
  fault('a slip in the name', 'job', 'name: shop-config\n', 'name: ‹env-source-missing›shop-confg\n'),
  fault(
    'a slip in the name, in the service',
    'service',
    'name: shop-config\n',
    'name: ‹env-source-missing›shop-confg\n',
  ),
];

/** The same, where nothing shows what the Secret holds. */
export const partialImportFaults: readonly Fault[] = [
  fault(
    'a value of its own',
    'job',
    ' envFrom:',
    ' env:\n            - name: DATABASE_NAME\n              value: ‹env-source-match›orders\n          envFrom:',
  ),
];
