import { describe, expect, test } from 'vitest';
import { modelFromYaml } from '../support/root-from-yaml.ts';

/** Selector and kind of port of the Service that these lines make, if it is taken for one that leads to pods. */
function read(spec: string, apiVersion = 'v1', kind = 'Service'): string[] {
  const { serviceObjects } = modelFromYaml(
    `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: shop}\nspec: ${spec}\n`,
  );
  return serviceObjects.map(
    ({ selector, targetPorts }) =>
      `${[...selector].map(([key, { value }]) => `${key}=${value}`).join()} ${targetPorts.map((port) => port ?? 'named').join()}`,
  );
}

describe('service-object', () => {
  test.each<[string, string[], string?, string?]>([
    ['{selector: {app: shop, tier: web}, ports: [{port: 80, targetPort: 8080}]}', ['app=shop,tier=web 8080']],
    ['{selector: {app: shop}, ports: [{port: 80}]}', ['app=shop 80']],
    ['{selector: {app: shop}, ports: [{port: 80, targetPort: http}]}', ['app=shop named']],
    ['{selector: {app: shop}, ports: [{port: 80, targetPort: http2}]}', ['app=shop named']],
    ['{selector: {app: shop}, ports: [{port: 80, targetPort: 2http}]}', ['app=shop named']],
    ['{selector: {app: shop}, ports: [{port: 80, targetPort: http}, {port: 81}]}', ['app=shop named,81']],
    ['{selector: {app: shop}, type: ClusterIP}', ['app=shop ']],
    ['{ports: [{port: 80}]}', []],
    ['{selector: {}, ports: [{port: 80}]}', []],
    ['{selector: {app: shop}, type: ExternalName, externalName: example.com}', []],
    ['{selector: {app: shop}, ports: [{port: 80}]}', [], 'serving.knative.dev/v1'],
    ['{selector: {app: shop}, ports: [{port: 80}]}', [], 'v1', 'ReplicationController'],
  ])('%s', (spec, expected, apiVersion, kind) => {
    expect(read(spec, apiVersion, kind)).toEqual(expected);
  });
});
