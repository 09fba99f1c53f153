// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables that Flux or a shell fills.
import { describe, expect, test } from 'vitest';
import { findLastingSidecar } from '../../../src/model/jobs/job-sidecar.ts';
import { jobOf, type WrittenJob } from '../../support/job-from-yaml.ts';

describe('job-sidecar', () => {
  const own = '{name: migrate, image: shop}';
  const proxy = '{name: proxy, image: "gcr.io/cloud-sql-connectors/cloud-sql-proxy:2"}';
  const namespace = (metadata: string): string =>
    `---\napiVersion: v1\nkind: Namespace\nmetadata: {name: shop, ${metadata}}`;

  function sidecarOf(written: WrittenJob): string {
    const { model, job } = jobOf({ containers: own, ...written });
    const [migrating] = job.pod.containers;
    const namespaces = model.listed.filter(({ kind }) => kind === 'Namespace');
    const found = migrating && findLastingSidecar(job, migrating, namespaces);
    if (found === undefined) return 'none';
    return found.kind === 'container'
      ? `container ${found.container.name.value}`
      : `${found.mesh} by ${found.setting.path}`;
  }

  test.each([
    ['nothing', {}, 'none'],
    ['a proxy', { containers: `${own}, ${proxy}` }, 'container proxy'],
    ['the proxy is what migrates', { containers: proxy }, 'none'],
    ['a helper that ends', { containers: `${own}, {name: copy, image: busybox}` }, 'none'],
    ['an image that ends alike', { containers: `${own}, {name: x, image: mynginx}` }, 'none'],
    ['an image that begins alike', { containers: `${own}, {name: x, image: nginx-config}` }, 'none'],
    ['an image in a folder', { containers: `${own}, {name: x, image: "library/nginx:1"}` }, 'container x'],
    ['a proxy of databases', { containers: `${own}, {name: x, image: "ghcr.io/postgresml/pgcat:1"}` }, 'container x'],
    [
      'a proxy that is asked to stop',
      {
        containers: `{name: migrate, image: shop, args: ["npm run x; curl -X POST localhost:9091/quitquitquit"]}, ${proxy}`,
      },
      'none',
    ],
    [
      'a proxy that is killed',
      {
        containers: `{name: migrate, image: shop, command: [sh, -c, "x; pkill proxy"]}, ${proxy}`,
        spec: 'shareProcessNamespace: true',
      },
      'none',
    ],
    [
      'a proxy that a signal does not reach',
      { containers: `{name: migrate, image: shop, command: [sh, -c, "x; pkill proxy"]}, ${proxy}` },
      'container proxy',
    ],
    [
      'a word like it',
      { containers: `{name: migrate, image: shop, command: [sh, -c, "x; skill proxy"]}, ${proxy}` },
      'container proxy',
    ],
    [
      'Istio by a label',
      { pod: 'labels: {sidecar.istio.io/inject: "true"}' },
      'Istio by spec.template.metadata.labels["sidecar.istio.io/inject"]',
    ],
    [
      'Istio by an annotation',
      { pod: 'annotations: {sidecar.istio.io/inject: "True"}' },
      'Istio by spec.template.metadata.annotations["sidecar.istio.io/inject"]',
    ],
    [
      'Istio by both: the annotation is named',
      { pod: 'labels: {sidecar.istio.io/inject: "true"}, annotations: {sidecar.istio.io/inject: "true"}' },
      'Istio by spec.template.metadata.annotations["sidecar.istio.io/inject"]',
    ],
    [
      'Istio switched off',
      { pod: 'labels: {sidecar.istio.io/inject: "false"}', more: namespace('labels: {istio-injection: enabled}') },
      'none',
    ],
    ['Istio by a word like it', { pod: 'labels: {sidecar.istio.io/inject: "untrue"}' }, 'none'],
    ['Istio by a longer word', { pod: 'labels: {sidecar.istio.io/inject: "trueish"}' }, 'none'],
    [
      'Istio as a native sidecar',
      { pod: 'labels: {sidecar.istio.io/inject: "true"}, annotations: {sidecar.istio.io/nativeSidecar: "true"}' },
      'none',
    ],
    [
      'Istio by the namespace',
      { more: namespace('labels: {istio-injection: enabled}') },
      'Istio by metadata.labels.istio-injection',
    ],
    ['Istio switched off by the namespace', { more: namespace('labels: {istio-injection: disabled}') }, 'none'],
    [
      'Istio by another namespace',
      { more: namespace('labels: {istio-injection: enabled}').replace('name: shop', 'name: web') },
      'none',
    ],
    [
      'Linkerd by the namespace',
      { more: namespace('annotations: {linkerd.io/inject: enabled}') },
      'Linkerd by metadata.annotations["linkerd.io/inject"]',
    ],
    [
      'Linkerd with a native sidecar',
      { pod: 'annotations: {linkerd.io/inject: enabled, config.linkerd.io/proxy-enable-native-sidecar: "true"}' },
      'none',
    ],
    [
      'Vault',
      { pod: 'annotations: {vault.hashicorp.com/agent-inject: "true"}' },
      'Vault\'s agent by spec.template.metadata.annotations["vault.hashicorp.com/agent-inject"]',
    ],
    [
      'Vault that only fills in',
      {
        pod: 'annotations: {vault.hashicorp.com/agent-inject: "true", vault.hashicorp.com/agent-pre-populate-only: "true"}',
      },
      'none',
    ],
    [
      'Consul',
      { pod: 'annotations: {consul.hashicorp.com/connect-inject: "true"}' },
      'Consul by spec.template.metadata.annotations["consul.hashicorp.com/connect-inject"]',
    ],
    [
      'Dapr',
      { pod: 'annotations: {dapr.io/enabled: "true"}' },
      'Dapr by spec.template.metadata.annotations["dapr.io/enabled"]',
    ],
    [
      'Istio harmless, Dapr not',
      {
        pod: 'annotations: {dapr.io/enabled: "true", sidecar.istio.io/inject: "true", sidecar.istio.io/nativeSidecar: "true"}',
      },
      'Dapr by spec.template.metadata.annotations["dapr.io/enabled"]',
    ],
  ] as const)('%s', (_, written, expected) => expect(sidecarOf(written)).toBe(expected));
});
