// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables that Flux or a shell fills.
import type { JobTarget } from '../../../../src/model/waiters/reading/job-target.ts';
import type { Waiter } from '../../../../src/model/waiters/waiter.ts';
import { modelFromYaml } from '../../../support/root-from-yaml.ts';
import { testCases } from '../../../support/test-cases.ts';

/** The lines of a container: all but its name, or its name as well. */
type Written = readonly string[];

/** All that is read of each waiter, with the paths of what was read. */
function describeWaiters(lines: Written): string[] {
  const written = lines.some((line) => line.startsWith('name:')) ? lines : ['name: wait-for-migration', ...lines];
  const { waiters } = modelFromYaml(`
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop, namespace: shop}
spec:
  template:
    spec:
      initContainers:
        - ${written.join('\n          ')}
      containers: [{name: main, image: shop}]
`);
  return waiters.flatMap(describeWaiter);
}

function describeWaiter(waiter: Waiter): string[] {
  if (waiter.kind === 'unknown') {
    return [waiter.kind, ...describeField('mode', waiter.wrongMode), ...describeField('item', waiter.wrongItem)];
  }
  if (waiter.kind !== 'job') return [waiter.kind];
  return [
    waiter.tool,
    ...describeField('mode', waiter.mode),
    ...waiter.targets.flatMap(describeTarget),
    ...describeField('namespace', waiter.namespace),
    ...describeField('condition', waiter.condition),
    ...describeField('untimed', waiter.untimed),
    ...describeField('ignored in', waiter.ignoredIn),
  ];
}

function describeTarget(target: JobTarget): string[] {
  if (target.kind === 'name') return describeField('name', target.name);
  const labels = target.labels ? [...target.labels].map(([key, value]) => `${key} is "${value}"`).join(', ') : 'unread';
  return [...describeField('selector', target.selector), `    labels: ${labels}`];
}

function describeField(
  what: string,
  field: { readonly value: string | undefined; readonly path: string } | undefined,
): string[] {
  if (field === undefined) return [];
  return [`  ${what}: ${field.value} at ${field.path.replace('spec.template.spec.initContainers[0].', '')}`];
}

const image = 'image: groundnuty/k8s-wait-for:v2.0';
const fork = 'image: registry.example.com/fork/k8s-wait-for';
const multi = 'image: erayan/k8s-wait-for-multi:1.6.0';
const kubectl = 'image: bitnami/kubectl';
const env =
  'env: [{name: JOB, value: old}, {name: JOB, value: migrate}, {name: NS, value: db}, {name: KEY, valueFrom: {fieldRef: {fieldPath: metadata.name}}}]';
const shell = (script: string): string => `command: [sh, -c, '${script.replaceAll("'", "''")}']`;
const wait = 'kubectl wait --for=condition=complete --timeout=5m';

testCases<Written>(
  import.meta.dirname,
  'waiter-wait-for',
  {
    'a Job by its name': [image, 'args: [job-wr, migrate]'],
    'several Jobs and a namespace between': [image, 'args: [job, a, -n, db, b]'],
    'a namespace in one word': [image, 'args: [job, a, -ndb]'],
    'a namespace with an equals sign': [image, 'args: [job, a, -n=db]'],
    'a namespace by the long flag': [image, 'args: [job, a, --namespace, db]'],
    'a namespace that only the container knows': [image, 'args: [job, a, --namespace=$(POD_NAMESPACE)]'],
    'a namespace from the environment': [image, 'args: [job, a, --namespace=$(NS)]', env],
    'a flag for a namespace without one': [image, 'args: [job, a, -n]'],
    'another flag': [image, 'args: [job, a, --context=production, --namespaces=x]'],
    'a selector by the long flag': [image, 'args: [job, --selector, app=shop]'],
    'a selector by the long flag in one word': [image, 'args: [job, "--selector=app=shop,tier==db"]'],
    'a selector with spaces': [image, 'args: [job, "-l app = shop , tier = db "]'],
    'a selector that is more than equalities': [image, 'args: [job, -l, "app in (shop)"]'],
    'a selector with an inequality': [image, 'args: [job, "-lapp!=shop"]'],
    'a selector by a key alone': [image, 'args: [job, "-lapp=shop,tier"]'],
    'a selector with an empty value': [image, 'args: [job, "-lapp="]'],
    'an empty selector': [image, 'args: [job, -l, ""]'],
    'a name from the environment: the last entry counts': [image, 'args: [job, $(JOB)]', env],
    'a name that is escaped': [image, 'args: [job, $$(JOB)]', env],
    'a name from the pod': [image, 'args: [job, $(KEY)]', env],
    'a mode from the environment': [image, 'args: [$(MODE), a]', 'env: [{name: MODE, value: job-we}]'],
    'a mode that only the container knows': [image, 'args: [$(MODE), a]'],
    'a mode that only Flux knows': [image, 'args: ["${MODE}", a]'],
    'a mode that does not exist': [image, 'args: [job-x, a]'],
    'a mode with more behind it': [image, 'args: [job-wrong, a]'],
    'a mode with more before it': [image, 'args: [cronjob, a]'],
    'a mode alone': [image, 'args: [job]'],
    'a mode of pods': [image, 'args: [pod-wr, -lapp=db]'],
    'a mode of services': [image, 'args: [service, db]'],
    'services are not modified': [image, 'args: [service-wr, db]'],
    'the pods of a Job': [image, 'args: [pod-wr, "-lapp=shop,job-name=migrate"]'],
    'the pods of another label': [image, 'args: [pod-wr, "-lmy-job-name=migrate"]'],
    nothing: [image],
    'only flags': [image, 'args: [job, --context=production]'],
    'errors count as ready: plain': [image, 'args: [job, a]', 'env: [{name: TREAT_ERRORS_AS_READY, value: "2"}]'],
    'errors count as ready: not the modes that say so': [
      image,
      'args: [job-we, a]',
      'env: [{name: TREAT_ERRORS_AS_READY, value: "2"}]',
    ],
    'errors count as ready: by another value': [
      image,
      'args: [job, a]',
      'env: [{name: TREAT_ERRORS_AS_READY, value: "1"}]',
    ],
    'errors count as ready: by another name': [image, 'args: [job, a]', 'env: [{name: ERRORS_AS_READY, value: "2"}]'],
    'errors count as ready: from elsewhere': [
      image,
      'args: [job, a]',
      'env: [{name: TREAT_ERRORS_AS_READY, valueFrom: {configMapKeyRef: {name: settings, key: "2"}}}]',
    ],
    'the script by a path': [image, 'command: [/usr/local/bin/wait_for.sh]', 'args: [job, a]'],
    'the script behind tini': [image, 'command: [tini, --, wait_for, job, a]'],
    'the script behind a shell': [image, 'command: [bash, wait_for.sh, job, a]'],
    'the script and a mode that does not exist': [image, 'command: [wait_for.sh, jobs, a]'],
    'another program': [image, 'command: [/run, jobs, a]'],
    'another program before the script': [image, 'command: [env, wait_for.sh, jobs, a]'],
    'a fork whose entry point is written': [fork, 'args: [k8s-wait-for, job, a]'],
    'a fork without an entry point': [fork, 'args: [sleep, "3"]'],
    'the original gets its name for a mode': [image, 'args: [k8s-wait-for, job, a]'],
    'an image that begins alike': ['image: groundnuty/k8s-wait-for-it', 'args: [job, a]'],
    'an image that ends alike': ['image: groundnuty/notk8s-wait-for', 'args: [job, a]'],
    'an image with a word before it': ['image: groundnuty/no-root-k8s-wait-for', 'args: [job, a]'],
    'a fork below the same name': ['image: example.com/groundnuty/k8s-wait-for', 'args: [sh, job, a]'],
    'a fork of somebody called alike': ['image: notgroundnuty/k8s-wait-for', 'args: [sh, job, a]'],
    'a script that waits twice': [image, shell('wait_for.sh job a && wait_for.sh job-wr b -n db')],
    'a script that goes on whatever happens': [image, shell('wait_for.sh job a || true')],
    'a script whose mode is wrong': [image, shell('wait_for.sh jobs a')],
  },
  describeWaiters,
);

testCases<Written>(
  import.meta.dirname,
  'waiter-wait-for-multi',
  {
    'a Job with its namespace': [multi, 'args: ["db,job,a"]'],
    'a Job without one': [multi, 'args: ["job,a"]'],
    'a flag for the namespace': [multi, 'args: [-n, db, "job,a", "shop,job,b"]'],
    'a flag for the namespace in one word': [multi, 'args: ["job,a", -ndb]'],
    'a flag for the namespace, long': [multi, 'args: ["job,a", --namespace, db]'],
    'a flag for the namespace without one': [multi, 'args: ["job,a", -n]'],
    'a namespace that only the container knows': [multi, 'args: [-n, $(NS), "job,a"]'],
    'a namespace from the environment': [multi, 'args: [-n, $(NS), "job,a"]', env],
    'the last flag counts': [multi, 'args: [-n, db, -n, web, "job,a"]'],
    'Jobs of several namespaces': [multi, 'args: ["db,job,a", "web,job,b", "db,job,c"]'],
    'flags with values': [multi, 'args: [--timeout, 5m, --context, production, "db,job,a", --no-utf]'],
    'flags with values in one word': [multi, 'args: [--timeout=5m, "db,job,a"]'],
    'the entry point as a word': [multi, 'args: [tini, k8s-wait-for-multi, "db,job,a"]'],
    'a name from the environment': [multi, 'args: ["db,job,$(JOB)"]', env],
    'a name that only the container knows': [multi, 'args: ["db,job,$(OTHER)", "db,job,b"]'],
    'a kind that it does not know': [multi, 'args: ["db,service,a", "db,cronjob,b"]'],
    'a kind that only the container knows': [multi, 'args: ["db,$(KIND),b"]'],
    'a kind that only Flux knows': [multi, 'args: ["db,${KIND},b"]'],
    'other kinds': [multi, 'args: ["db,service,a", "db,pod,b", c]'],
    nothing: [multi],
    'a Job and a kind that it does not know': [multi, 'args: ["db,job,a", "db,cronjob,b"]'],
    'an image that begins alike': ['image: erayan/k8s-wait-for-multiple', 'args: ["db,job,a"]'],
    'an image that ends alike': ['image: erayan/my-k8s-wait-for-multi', 'args: ["db,job,a"]'],
    'as a command in any image': ['image: tools', 'command: [/k8s-wait-for-multi, -n, db, "job,a"]'],
    'in a script': ['image: tools', shell('kube-wait-for-multi db,job,a')],
    'a program that begins alike': ['image: tools', shell('kube-wait-for-multiple db,job,a')],
    'a program that ends alike': ['image: tools', shell('my-k8s-wait-for-multi db,job,a')],
  },
  describeWaiters,
);

testCases<Written>(
  import.meta.dirname,
  'waiter-kubectl',
  {
    'a Job and its type': [kubectl, 'command: [kubectl, wait, --for=condition=complete, --timeout=5m, job/a]'],
    'the type before the names': [kubectl, 'command: [kubectl, wait, --for, condition=complete, job, a, b]'],
    'types in every way': [kubectl, shell(`${wait} jobs/a job.batch/b jobs.v1.batch/c`)],
    'another group': [kubectl, shell(`${wait} job.example.com/a`)],
    'a Job among other types': [kubectl, shell(`${wait} job/a pod/b`)],
    'a word that is no type': [kubectl, shell(`${wait} job/a b`)],
    'no type': [kubectl, shell(wait)],
    'a type alone': [kubectl, shell(`${wait} job`)],
    'a type that begins alike': [kubectl, shell(`${wait} jobsets a`)],
    'a type that ends alike': [kubectl, shell(`${wait} cronjob a`)],
    'all that a selector matches': [kubectl, shell(`${wait} jobs -l app=shop`)],
    'a selector in one word': [kubectl, shell(`${wait} jobs -lapp=shop`)],
    'a selector with an equals sign': [kubectl, shell(`${wait} jobs -l=app=shop`)],
    'a selector by the long flag': [kubectl, shell(`${wait} jobs --selector app=shop`)],
    'a namespace before the verb': [kubectl, shell('kubectl -n db wait --for=condition=complete job/a')],
    'a namespace in one word': [kubectl, shell(`${wait} -ndb job/a`)],
    'a namespace by the long flag': [kubectl, shell(`${wait} --namespace db job/a`)],
    'a namespace by the long flag in one word': [kubectl, shell(`${wait} --namespace=db job/a`)],
    'a namespace from the environment': [kubectl, shell(`${wait} -n "$NS" job/a`), env],
    'a namespace that only the container knows': [kubectl, shell(`${wait} -n "$OTHER" job/a`)],
    'a flag for a namespace without one': [kubectl, shell(`${wait} job/a -n`)],
    'a name from the environment': [kubectl, shell(`${wait} job/\${JOB}`), env],
    'a name from the environment, without braces': [kubectl, shell(`${wait} job/$JOB`), env],
    'a name from the pod': [kubectl, shell(`${wait} job/$KEY job/b`), env],
    'a name that only the container knows': [kubectl, shell(`${wait} job/$(cat name)`)],
    'a name that Kubernetes fills': [kubectl, 'command: [kubectl, wait, --for=condition=complete, job/$(JOB)]', env],
    'flags with values': [
      kubectl,
      shell('kubectl --context prod -v 4 wait -o name --for condition=complete --timeout 5m job/a'),
    ],
    redirections: [kubectl, shell(`${wait} job/a >/dev/null 2>&1`)],
    'redirections with a space': [kubectl, shell(`${wait} < /dev/null job/a >> /tmp/log 2> /dev/null`)],
    'redirections of everything': [kubectl, shell(`${wait} &>/dev/null job/a`)],
    'redirections of everything, with a space': [kubectl, shell(`${wait} job/a &> /dev/null`)],
    'without an end': [kubectl, 'command: [kubectl, wait, --for=condition=complete, job/a]'],
    'without an end, in a script': [kubectl, shell('kubectl wait --for=condition=complete job/a')],
    'a flag that begins like the timeout': [kubectl, shell('kubectl wait --for=condition=complete --timeouts=1 job/a')],
    'in a loop': [kubectl, shell('until kubectl wait --for=condition=complete job/a; do sleep 1; done')],
    'whatever happens': [kubectl, shell(`${wait} job/a || true; echo done`)],
    'without a condition': [kubectl, shell('kubectl wait --timeout=5m job/a')],
    'a path for a condition': [
      kubectl,
      shell("kubectl wait --timeout=5m --for=jsonpath='{.status.succeeded}'=1 job/a"),
    ],
    oc: ['image: openshift/cli', shell('oc wait --for=condition=complete --timeout=5m job/a')],
    'another program': ['image: tools', shell('kubectl-wait --for=condition=complete job/a')],
    'another program with the same words': ['image: tools', shell('docker wait job/a')],
    'another verb': [kubectl, shell('kubectl delete job a')],
    'asking in a loop': [
      kubectl,
      shell('until [ "$(kubectl get job a -o jsonpath=\'{.status.succeeded}\')" = 1 ]; do sleep 1; done'),
    ],
    'asking so many times': [
      kubectl,
      shell('for i in 1 2 3; do DONE=$(kubectl get job a -o name); test "$DONE" && exit 0; sleep 1; done; exit 1'),
    ],
    'a name from the script': [kubectl, shell(`JOB=migrate; ${wait} "job/$JOB"`)],
    'a name from the script, exported with a version': [
      kubectl,
      shell(`TAG=v2; export JOB=migrate-\${TAG}; ${wait} job/\${JOB}`),
    ],
    'a name that the script sets twice': [kubectl, shell(`JOB=a; JOB=b; ${wait} job/$JOB job/c`)],
    'a name that Kubernetes fills in a script': [kubectl, shell(`until ${wait} job/$(JOB); do sleep 1; done`), env],
    'a name that the script asks for': [kubectl, shell(`JOB=$(cat name); ${wait} job/$JOB job/c`)],
    'names that a loop goes through': [kubectl, shell(`for JOB in a b; do ${wait} job/$JOB; done`)],
    'asking once': [kubectl, shell('kubectl get job a')],
    'asking for pods in a loop': [kubectl, shell('until kubectl get pods -l app=db | grep Running; do sleep 1; done')],
    'curl to the API': [
      'image: curl',
      shell(
        'until curl -s https://kubernetes.default.svc/apis/batch/v1/namespaces/$(cat ns)/jobs/a | grep succeeded; do sleep 1; done',
      ),
    ],
    'curl to the API of a namespace': [
      'image: curl',
      shell('URL=$API/apis/batch/v1/namespaces/db/jobs/$JOB/status; until curl $URL; do sleep 1; done'),
      env,
    ],
    'curl to a name that only the container knows': [
      'image: curl',
      shell('until curl $API/apis/batch/v1/namespaces/db/jobs/$OTHER; do sleep 1; done'),
    ],
    'curl to the API once': ['image: curl', shell('curl $API/apis/batch/v1/namespaces/db/jobs/a')],
    'wget of something else': ['image: curl', shell('until wget http://db/jobs/a; do sleep 1; done')],
    'by the entry point': [kubectl, 'args: [wait, --for=condition=complete, --timeout=5m, job/a]'],
  },
  describeWaiters,
);
