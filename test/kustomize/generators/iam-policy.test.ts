import { describe, it } from 'vitest';
import { expectBuild, expectRefusal } from '../expect-build.ts';

const tree = (args: string) => ({
  'kustomization.yaml': 'generators: [g.yaml]\n',
  'g.yaml': `apiVersion: builtin\nkind: IAMPolicyGenerator\nmetadata: {name: g}\n${args}\n`,
});

describe('an IAM policy', () => {
  it('is a ServiceAccount that stands for one of the cloud', () => {
    expectBuild(
      tree('cloud: gke\nkubernetesService: {name: k, namespace: "12"}\nserviceAccount: {name: sa, projectId: p}'),
      `apiVersion: v1
kind: ServiceAccount
metadata:
  annotations:
    iam.gke.io/gcp-service-account: sa@p.iam.gserviceaccount.com
  name: k
  namespace: 12
`,
    );
  });

  it('needs the account of the cloud', () => {
    expectRefusal(
      tree('cloud: gke\nkubernetesService: {name: k}'),
      'g.yaml:1:1: this generator needs `serviceAccount.name`; add the Google service account',
    );
  });

  it('is there for one cloud only', () => {
    expectRefusal(
      tree('cloud: aws'),
      'g.yaml:4:8: kustomize makes IAM policies for the cloud `gke` only, not for `aws`',
    );
  });
});
