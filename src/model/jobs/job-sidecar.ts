import { argvText } from '../../objects/argv.ts';
import { imageOf } from '../../objects/image.ts';
import type { KubernetesObject } from '../../objects/kubernetes-object.ts';
import type { Present } from '../../objects/view.ts';
import type { Container, Job } from '../../objects/workload.ts';
import { isDatabaseProxy } from '../databases/late-proxy.ts';

/** What keeps running beside a Job's own container and keeps the Job from completing. */
export type LastingSidecar =
  /** `isSignalled`: the migration's container sends it a signal that does not reach it. */
  | { readonly kind: 'container'; readonly container: Container; readonly isSignalled: boolean }
  /** `misplaced`: a setting of the Job itself that turns the injection off, but counts only on its pods. */
  | {
      readonly kind: 'injected';
      readonly mesh: string;
      readonly setting: Present<string>;
      readonly misplaced: Present<string> | undefined;
    };

/** Images of programs that run until they are stopped, besides proxies of databases. */
const lastingImage =
  /(^|\/)(proxyv2|envoy(-\w+)?|proxy-init|linkerd2?-?proxy|linkerd-io\/proxy|haproxy|nginx|oauth2-proxy|daprd|fluent-?bit|fluentd|filebeat|vector|promtail|opentelemetry-collector(-\w+)?|otel-collector|otelcol|aws-otel-collector|datadog-agent|jaeger-agent|statsd-exporter|redis|memcached|tailscale)$/;

/** Words by which a container stops a proxy: a call to its admin port, or a wrapper made for that. */
const stopsOthers = /quitquitquit|\/shutdown\b|exit-zero-on-sigterm|scuttle|linkerd-await/;

/** A signal. It reaches other containers only if the pod shares its processes. */
const signalsOthers = /\bkill(all)?\b|\bpkill\b/;

/** Finds an ordinary container, or the injection of one, that outlives the migration. */
export function findLastingSidecar(
  job: Job,
  migrating: Container,
  namespaces: readonly KubernetesObject[],
): LastingSidecar | undefined {
  const texts = job.pod.containers.map((each) => `${each.image.value ?? ''} ${argvText(each)}`);
  const isSignalled = texts.some((text) => signalsOthers.test(text));
  if (texts.some((text) => stopsOthers.test(text)) || (isSignalled && job.pod.sharesProcesses)) return undefined;
  const container = job.pod.containers.find(
    (candidate) =>
      candidate !== migrating && (isDatabaseProxy(candidate) || lastingImage.test(imageOf(candidate).repository)),
  );
  if (container !== undefined) return { kind: 'container', container, isSignalled };
  return isSignalled ? undefined : findInjection(job, namespaces);
}

interface Injector {
  readonly mesh: string;
  /** Key and value of a label or annotation of the pod, or of its namespace. */
  readonly pod: readonly [key: string, value: RegExp];
  readonly namespace?: readonly [key: string, value: RegExp];
  /** An annotation of the pod that makes the injected container a native sidecar, or makes it exit in time. */
  readonly harmless?: readonly [key: string, value: RegExp];
}

const yes = /^(true|enabled)$/i;

const injectors: readonly Injector[] = [
  {
    mesh: 'Istio',
    pod: ['sidecar.istio.io/inject', yes],
    namespace: ['istio-injection', yes],
    harmless: ['sidecar.istio.io/nativeSidecar', yes],
  },
  {
    mesh: 'Linkerd',
    pod: ['linkerd.io/inject', yes],
    namespace: ['linkerd.io/inject', yes],
    harmless: ['config.linkerd.io/proxy-enable-native-sidecar', yes],
  },
  {
    mesh: "Vault's agent",
    pod: ['vault.hashicorp.com/agent-inject', yes],
    harmless: ['vault.hashicorp.com/agent-pre-populate-only', yes],
  },
  { mesh: 'Consul', pod: ['consul.hashicorp.com/connect-inject', yes] },
  { mesh: 'Dapr', pod: ['dapr.io/enabled', yes] },
];

function findInjection({ object, pod }: Job, namespaces: readonly KubernetesObject[]): LastingSidecar | undefined {
  const setting = (key: string): Present<string> | undefined => pod.annotations.get(key) ?? pod.labels.get(key);
  const own = namespaces.find(({ name }) => name.value !== undefined && name.value === object.namespace.value);
  for (const { mesh, pod: onPod, namespace, harmless } of injectors) {
    const inherited = namespace && (own?.labels.get(namespace[0]) ?? own?.annotations.get(namespace[0]));
    const found = setting(onPod[0]) ?? (inherited && namespace?.[1].test(inherited.value) ? inherited : undefined);
    if (found === undefined || !onPod[1].test(found.value)) continue;
    if (harmless?.[1].test(setting(harmless[0])?.value ?? '')) continue;
    const ofJob = object.annotations.get(onPod[0]) ?? object.labels.get(onPod[0]);
    const misplaced = ofJob && !onPod[1].test(ofJob.value) ? ofJob : undefined;
    return { kind: 'injected', mesh, setting: found, misplaced };
  }
  return undefined;
}
