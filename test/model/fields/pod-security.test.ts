import { describe, expect, test } from 'vitest';
import { findSecurityGaps, type SecurityLevel } from '../../../src/model/fields/pod-security.ts';
import { modelFromYaml } from '../../support/root-from-yaml.ts';

/** A pod that every level allows. */
const secured = 'securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}},';
const hardened = 'allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}';

interface Written {
  readonly pod?: string;
  /** The container's security context. */
  readonly context?: string;
  /** That of an init container. */
  readonly init?: string;
}

function gapsOf(level: SecurityLevel, { pod = secured, context = hardened, init }: Written): string[] {
  const first = init === undefined ? '' : `initContainers: [{name: first, securityContext: {${init}}}],`;
  const { workloads } = modelFromYaml(
    `apiVersion: batch/v1\nkind: Job\nmetadata: {name: shop}\nspec: {template: {spec: {${pod} ${first} containers: [{name: main, securityContext: {${context}}}]}}}\n`,
  );
  return workloads.flatMap(({ pod: template }) =>
    findSecurityGaps(template, level).map(({ container = 'pod', verb, setting }) => `${container} ${verb} ${setting}`),
  );
}

describe('pod-security', () => {
  test.each<[string, Written, string[]]>([
    ['everything is set', {}, []],
    [
      'an init container without',
      { init: '' },
      ['first lacks allowPrivilegeEscalation: false', 'first lacks capabilities.drop: [ALL]'],
    ],
    [
      'nothing in the pod',
      { pod: '' },
      ['main lacks runAsNonRoot: true', 'main lacks seccompProfile.type: RuntimeDefault'],
    ],
    [
      'all in the container',
      { pod: '', context: `${hardened}, runAsNonRoot: true, seccompProfile: {type: Localhost}` },
      [],
    ],
    [
      'the container takes back what the pod sets',
      { context: `${hardened}, runAsNonRoot: false` },
      ['main lacks runAsNonRoot: true'],
    ],
    [
      'no profile',
      { context: `${hardened}, seccompProfile: {type: Unconfined}` },
      ['main lacks seccompProfile.type: RuntimeDefault'],
    ],
    [
      'an escalation',
      { context: 'allowPrivilegeEscalation: true, capabilities: {drop: [ALL]}' },
      ['main lacks allowPrivilegeEscalation: false'],
    ],
    [
      'another capability is dropped',
      { context: 'allowPrivilegeEscalation: false, capabilities: {drop: [NET_RAW]}' },
      ['main lacks capabilities.drop: [ALL]'],
    ],
    [
      'all but one',
      { context: 'allowPrivilegeEscalation: false, capabilities: {drop: [ALL], add: [NET_BIND_SERVICE]}' },
      [],
    ],
    [
      'all but another',
      { context: 'allowPrivilegeEscalation: false, capabilities: {drop: [ALL], add: [CHOWN]}' },
      ['main has capabilities.add: [CHOWN]'],
    ],
    ['root', { context: `${hardened}, runAsUser: 0` }, ['main has runAsUser: 0']],
    ['privileged', { context: `${hardened}, privileged: true` }, ['main has privileged: true']],
    [
      'volumes',
      { pod: `${secured} volumes: [{name: a, emptyDir: {}}, {name: b, nfs: {}}, {name: c, hostPath: {}}],` },
      ['pod has volumes: nfs', 'pod has volumes: hostPath'],
    ],
    [
      'the node',
      { pod: `${secured} hostNetwork: true, hostPID: false, hostIPC: true,` },
      ['pod has hostNetwork: true', 'pod has hostIPC: true'],
    ],
    ['Windows', { pod: 'os: {name: windows},', context: '' }, []],
  ])('restricted: %s', (_, written, expected) => {
    expect(gapsOf('restricted', written)).toEqual(expected);
  });

  test.each<[string, Written, string[]]>([
    ['nothing is set', { pod: '', context: '' }, []],
    [
      'capabilities',
      { context: 'capabilities: {add: [CHOWN, SYS_ADMIN, NET_RAW]}' },
      ['main has capabilities.add: [SYS_ADMIN]', 'main has capabilities.add: [NET_RAW]'],
    ],
    ['privileged', { context: 'privileged: true' }, ['main has privileged: true']],
    ['volumes', { pod: 'volumes: [{name: b, nfs: {}}, {name: c, hostPath: {}}],' }, ['pod has volumes: hostPath']],
    ['the node', { pod: 'hostPID: true,' }, ['pod has hostPID: true']],
  ])('baseline: %s', (_, written, expected) => {
    expect(gapsOf('baseline', written)).toEqual(expected);
  });
});
