// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables that a shell fills.
/** A container that waits for the Job. */
export interface Waiter {
  readonly name: string;
  /** The lines of the container. */
  readonly text: string;
  /** What it asks for; everything where nothing else is said. */
  readonly verbs?: 'get' | 'list and watch';
  /** It takes any Job whose name begins like the argument. */
  readonly takesPrefix?: true;
}

const job = 'shop-migration-v1.4.0';
const kubectl = 'registry.example.com/kubectl:1.34.0';
const shell = (image: string, script: string): string =>
  `image: ${image}\ncommand:\n  - sh\n  - -c\n  - |\n${script
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n')}`;

/** The waiter where it does not matter. */
export const firstWaiter: Waiter = {
  name: 'k8s-wait-for',
  takesPrefix: true,
  text: `image: groundnuty/k8s-wait-for:v2.0\nargs:\n  - job-wr\n  - ${job}`,
};

/** Waiters by tool, and in many spellings. */
export const waiters: readonly Waiter[] = [
  firstWaiter,
  {
    name: 'k8s-wait-for by digest',
    takesPrefix: true,
    text: `image: ghcr.io/groundnuty/k8s-wait-for@sha256:${'5'.repeat(64)}\nargs:\n  - job-wr\n  - ${job}`,
  },
  {
    name: 'a fork of k8s-wait-for',
    takesPrefix: true,
    text: `image: registry.example.com/mirror/k8s-wait-for:v2.0\ncommand: [wait_for.sh]\nargs:\n  - job-wr\n  - ${job}`,
  },
  {
    name: 'k8s-wait-for in a shell',
    takesPrefix: true,
    text: shell('groundnuty/k8s-wait-for:v2.0', `wait_for.sh job-wr ${job}`),
  },
  {
    name: 'k8s-wait-for-multi',
    text: `image: erayan/k8s-wait-for-multi:1.6.0\nargs:\n  - -n\n  - $(NAMESPACE)\n  - job,${job}\nenv:\n  - name: NAMESPACE\n    valueFrom:\n      fieldRef:\n        fieldPath: metadata.namespace`,
    verbs: 'list and watch',
  },
  {
    name: 'kubectl wait',
    text: `image: ${kubectl}\ncommand:\n  - kubectl\n  - wait\n  - --for=condition=complete\n  - --timeout=600s\n  - job/${job}`,
  },
  {
    name: 'kubectl wait with the words apart',
    text: `image: ${kubectl}\nargs:\n  - wait\n  - --for\n  - condition=Complete\n  - --timeout\n  - 10m\n  - jobs.batch\n  - ${job}`,
  },
  {
    name: 'kubectl wait in a shell',
    text: shell(kubectl, `set -e\necho waiting\nkubectl wait --for=condition=complete --timeout=600s job/${job}`),
  },
  {
    name: 'kubectl wait in a loop',
    text: shell(kubectl, `until kubectl wait --for=condition=complete job/${job}; do\n  sleep 5\ndone`),
  },
  {
    name: 'a loop on kubectl get',
    verbs: 'get',
    text: shell(
      kubectl,
      `until [ "$(kubectl get job ${job} -o jsonpath='{.status.succeeded}')" = "1" ]; do\n  sleep 2\ndone`,
    ),
  },
  {
    name: 'a loop on kubectl get and grep',
    verbs: 'get',
    text: shell(
      kubectl,
      `while ! kubectl get job/${job} -o jsonpath='{.status.conditions}' | grep -q Complete; do\n  sleep 2\ndone`,
    ),
  },
  {
    name: 'a loop that counts',
    verbs: 'get',
    text: shell(
      kubectl,
      `for i in $(seq 1 120); do\n  STATUS=$(kubectl get job ${job} -o jsonpath='{.status.succeeded}')\n  if [ "$STATUS" = "1" ]; then exit 0; fi\n  sleep 5\ndone\nexit 1`,
    ),
  },
  {
    name: 'a name in a variable of the script',
    text: shell(
      kubectl,
      `JOB=${job}\nuntil kubectl wait --for=condition=complete --timeout=60s "job/$JOB"; do sleep 2; done`,
    ),
  },
  {
    name: 'a name in a variable of the container',
    text: `${shell(kubectl, 'kubectl wait --for=condition=complete --timeout=600s job/${JOB_NAME}')}\nenv:\n  - name: JOB_NAME\n    value: ${job}`,
  },
  {
    name: 'curl to the API',
    verbs: 'get',
    text: shell(
      'curlimages/curl:8.10.1',
      `until curl -sf --cacert /var/run/secrets/kubernetes.io/serviceaccount/ca.crt -H "Authorization: Bearer $(cat /var/run/secrets/kubernetes.io/serviceaccount/token)" https://kubernetes.default.svc/apis/batch/v1/namespaces/$(cat /var/run/secrets/kubernetes.io/serviceaccount/namespace)/jobs/${job} | grep -q '"succeeded": 1'; do\n  sleep 5\ndone`,
    ),
  },
  {
    name: 'oc wait',
    text: `image: registry.example.com/openshift/cli:4.16.0\ncommand: [oc, wait, --for=condition=complete, --timeout=10m, job/${job}]`,
  },
];
