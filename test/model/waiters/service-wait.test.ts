import { describe, expect, test } from 'vitest';
import { findServiceWait } from '../../../src/model/waiters/service-wait.ts';
import { modelFromYaml } from '../../support/root-from-yaml.ts';

/** Where a Job with this init container says that it waits for the Deployment, if it does. */
function waitsAt(container: string, service = 'shop', kind = 'Deployment'): string | undefined {
  const { jobs, workloads } = modelFromYaml(`
apiVersion: batch/v1
kind: Job
metadata: {name: migrate, namespace: shop}
spec:
  template:
    spec:
      initContainers: [{name: wait, ${container}}]
      containers: [{name: main, image: shop}]
---
apiVersion: apps/v1
kind: ${kind}
metadata: {name: ${service}, namespace: shop}
spec:
  template:
    metadata: {labels: {app: shop, tier: web}}
    spec:
      containers: [{name: main, image: shop}]
`);
  const [job] = jobs;
  const workload = workloads.find(({ object }) => object.kind === kind);
  const wait = job && workload && findServiceWait(job, workload);
  return wait && `${wait.field.value} at ${wait.field.path.replace('spec.template.spec.initContainers[0].', '')}`;
}

const waitFor = 'image: groundnuty/k8s-wait-for:v2.0';
const multi = 'image: erayan/k8s-wait-for-multi:1.6.0';

describe('service-wait: k8s-wait-for', () => {
  test.each([
    ['args: [service, shop]', 'shop at args[1]'],
    ['args: [service, web]', undefined],
    ['args: [service]', undefined],
    ['args: [job, shop]', undefined],
    ['args: [my-service, shop]', undefined],
    ['args: [services, shop]', undefined],
    ['args: [pod, -lapp=shop]', '-lapp=shop at args[1]'],
    ['args: [pod-wr, -l, "app=shop,tier=web"]', 'app=shop,tier=web at args[2]'],
    ['args: [pod-we, "--selector=app=shop"]', '--selector=app=shop at args[1]'],
    ['args: [pod, --selector, app=shop]', 'app=shop at args[2]'],
    ['args: [pod, "-lapp=shop,tier=db"]', undefined],
    ['args: [pod, "-lapp!=db"]', undefined],
    ['args: [pod, -l]', undefined],
    ['args: [pod, shop]', undefined],
    ['args: [pod, shop, -lapp=shop]', undefined],
    ['args: [pod]', undefined],
    ['command: [wait_for.sh], args: [service, shop]', 'shop at args[1]'],
    ['command: [wait_for.sh, pod, -lapp=shop]', '-lapp=shop at command[2]'],
    ['args: []', undefined],
  ])('%s: %s', (args, expected) => expect(waitsAt(`${waitFor}, ${args}`)).toBe(expected));

  test('a sidecar holds nothing back', () => {
    expect(waitsAt(`${waitFor}, restartPolicy: Always, args: [service, shop]`)).toBeUndefined();
  });

  test('a workload without a name is none', () => {
    expect(waitsAt(`${waitFor}, args: [service, ""]`, '""')).toBeUndefined();
  });
});

describe('service-wait: k8s-wait-for-multi', () => {
  test.each([
    ['args: ["shop,service,shop"]', 'shop at args[0]'],
    ['command: [/k8s-wait-for-multi], args: ["shop,service,web", "service,shop"]', 'shop at args[1]'],
    ['args: ["shop,pod,shop", "shop,job,shop", "shop,service,web"]', undefined],
  ])('%s: %s', (args, expected) => expect(waitsAt(`${multi}, ${args}`)).toBe(expected));
});

describe('service-wait: commands', () => {
  test.each([
    ['kubectl wait --for=condition=available deployment/shop', 'deployment/shop'],
    ['kubectl wait --for=condition=available deploy/shop', 'deploy/shop'],
    ['kubectl wait --for=condition=available deployments shop', 'shop'],
    ['kubectl wait --for=condition=available Deployment.apps/shop', 'Deployment.apps/shop'],
    ['oc rollout status deploy shop', 'shop'],
    ['kubectl rollout status deployment/shop', 'deployment/shop'],
    ['kubectl -n shop wait --for=condition=available deployment/shop', 'deployment/shop'],
    ['kubectl --context prod rollout status deployment/shop', 'deployment/shop'],
    ['kubectl rollout restart deployment/shop', undefined],
    ['kubectl describe deployment/shop', undefined],
    ['kubectl status deployment/shop', undefined],
    ['kubectl wait --for=condition=available deployment/web', undefined],
    ['kubectl wait --for=condition=complete job/shop', undefined],
    ['kubectl wait --for=condition=available statefulset/shop', undefined],
    ['kubectl wait --for=condition=available statefulset shop', undefined],
    ['kubectl wait --for=condition=available shop', undefined],
    ['kube wait deployment/shop', undefined],
    ['kubectl-x wait deployment/shop', undefined],
  ])('%s: %s', (command, expected) => {
    const words = command.split(' ');
    const at = `command[${words.indexOf(expected ?? '')}]`;
    expect(waitsAt(`image: tools, command: [${words.join(', ')}]`)).toBe(expected && `${expected} at ${at}`);
    expect(waitsAt(`image: tools, command: [sh, -c, "${command}"]`)).toBe(expected && `${command} at command[2]`);
  });

  test.each([
    ['StatefulSet', 'kubectl rollout status sts/shop', true],
    ['StatefulSet', 'kubectl rollout status statefulsets shop', true],
    ['DaemonSet', 'kubectl rollout status ds shop', true],
    ['DaemonSet', 'kubectl rollout status daemonset/shop', true],
    ['DaemonSet', 'kubectl rollout status deploy/shop', false],
  ] as const)('%s: %s', (kind, command, waits) => {
    const expected = waits ? `${command} at command[2]` : undefined;
    expect(waitsAt(`image: tools, command: [sh, -c, "${command}"]`, 'shop', kind)).toBe(expected);
  });

  test.each([
    ['until nc -z shop 8080; do sleep 1; done', true],
    ['until ncat shop 8080; do sleep 1; done', true],
    ['until curl -f http://shop:8080/health; do sleep 1; done', true],
    ['until curl -f https://shop.shop.svc.cluster.local/health; do sleep 1; done', true],
    ['until wget -q shop.shop.svc:8080; do sleep 1; done', true],
    ['until wget -q shop/health; do sleep 1; done', true],
    ['until nc -z shop-db 5432; do sleep 1; done', false],
    ['until curl -f http://shop.example.com; do sleep 1; done', false],
    ['until curl -f http://web/shop; do sleep 1; done', false],
    ['until nc -z my.shop 80; do sleep 1; done', false],
    ['until ping shop; do sleep 1; done', false],
    ['until mycurl shop; do sleep 1; done', false],
    ['until curly shop; do sleep 1; done', false],
    ['curl -f http://shop:8080/health', false],
  ])('%s: %s', (script, waits) => {
    const expected = waits ? `${script} at command[2]` : undefined;
    expect(waitsAt(`image: tools, command: [sh, -c, "${script}"]`)).toBe(expected);
  });
});
