// biome-ignore-all lint/suspicious/noTemplateCurlyInString: scripts hold variables as people write them.

import { describe, expect, test } from 'vitest';
import { startCpuTime } from '../support/cpu-time.ts';
import { handsOver, readSteps } from '../support/read-steps.ts';

function deletes(script: string, job: string): boolean {
  return readSteps([script]).deletedJobs.some(({ name }) => name.test(job));
}

describe('suspended Jobs that a script resumes', () => {
  const resumes = (script: string): boolean =>
    readSteps([script]).resumedJobs.some((resumed) => resumed.test('shop-migrate'));
  test.each([
    [`kubectl patch job shop-migrate --type=merge -p '{"spec":{"suspend":false}}'`],
    [`kubectl -n shop patch job/shop-migrate --patch='{"spec": {"suspend": false}}'`],
    [`kubectl patch jobs.batch shop-migrate --type=json -p '[{"op":"replace","path":"/spec/suspend","value":false}]'`],
  ])('%s', (script) => expect(resumes(script)).toBe(true));
  test.each([
    [`kubectl patch job shop-migrate -p '{"spec":{"suspend":true}}'`],
    [`kubectl patch job shop-seed -p '{"spec":{"suspend":false}}'`],
    [`kubectl patch cronjob shop-migrate -p '{"spec":{"suspend":false}}'`],
  ])('not %s', (script) => expect(resumes(script)).toBe(false));
});

describe('Jobs that a script deletes', () => {
  test.each([
    ['kubectl delete job shop-migrate --ignore-not-found'],
    ['  - run: kubectl -n shop delete job/shop-migrate'],
    ['kubectl delete all --all -n "$NAMESPACE"'],
    ['\t@kubectl delete jobs.batch shop-seed shop-migrate -n $(NS)'],
    ['"$KUBECTL" --context prod delete job,pod shop-migrate'],
    ['JOB=shop-migrate\nkubectl delete job "$JOB" || true'],
    ['MIGRATE_JOB="${PREFIX}shop-migrate"\nkubectl delete job "${MIGRATE_JOB}"'],
    ['env:\n  JOB: shop-migrate\nrun: |\n  kubectl delete job "$JOB"'],
    ['kubectl delete job \\\n  -n ${{ env.NAMESPACE }} \\\n  shop-migrate'],
    ['kubectl delete job `\n  shop-migrate'],
    ["sh 'kubectl delete job shop-migrate'"],
    [
      'vars:\n  KUBECTL: kubectl --context {{.CONTEXT}}\ncmds:\n  - "{{.KUBECTL}} delete job shop-seed shop-migrate --wait"',
    ],
    ['kubectl := "kubectl -n shop"\ndeploy:\n    {{ kubectl }} delete job shop-migrate --ignore-not-found'],
    ['./run-job.sh shop\nkubectl delete job "$1-migrate" || kubectl delete job "${1:-x}-migrate"'],
    ['- kubernetes.core.k8s:\n    state: absent\n    kind: Job\n    name: shop-migrate\n- name: Next\n  debug:'],
    ['- name: Old\n  k8s:\n    kind: "job"\n    name: "shop-migrate"\n\n    state: absent # again'],
    ['kubectl -s https://cluster.test --token "$TOKEN" delete job shop-migrate'],
    ['kubectl delete jobs --all -n shop'],
    ['kubectl delete job -l app=shop'],
    ['if true; then oc delete job shop-migrate; fi'],
    ['kc() { kubectl -n "$NS" "$@"; }\nkc delete job shop-migrate >/dev/null'],
    ['function kc {\n  kubectl --context prod $@\n}\nif true; then kc delete job shop-migrate; fi'],
    ['alias k=kubectl\nk delete job shop-migrate'],
    ['run_job() {\n  local name="$1" file="$2"\n  kubectl delete job "$name"\n}\nrun_job shop-migrate job.yaml'],
    ['kc() { kubectl "$@"; }\nrun_job() {\n  kc delete job "${1:-none}" || true\n}\nrun_job shop-migrate'],
    ['run_job() {\n  kubectl delete job "${1:-shop-migrate}"\n}\nrun_job'],
    ['kubectl $OPTIONS delete job shop-migrate'],
    ['kube() {\n  "$KUBECTL" "${KUBE_ARGS[@]}" "$@"\n}\nkube -n "$NS" delete job shop-migrate --wait=true'],
    ["Invoke-Kubectl -Arguments @(\n  '-n', $namespace,\n  'delete', 'job', 'shop-migrate',\n  '--wait=true')"],
    ["kubectl @('delete', 'job', 'shop-migrate')"],
    ['cmds:\n  - task dev:kubectl -- delete job shop-migrate -n shop'],
  ])('%s', (script) => expect(deletes(script, 'shop-migrate')).toBe(true));

  test.each([
    ['kubectl delete job shop-seed'],
    [
      '- k8s:\n    state: present\n    kind: Job\n    name: shop-migrate\n- k8s:\n    state: absent\n    kind: Job\n    name: x',
    ],
    ['- k8s:\n    state: absent\n    kind: Pod\n    name: shop-migrate'],
    ['- file:\n    state: absent\n    kind: Job\n    name: shop-migrate'],
    ['# kubectl delete job shop-migrate'],
    ['echo "run: kubectl delete job shop-migrate"'],
    ['kubectl delete pod shop-migrate'],
    ['kubectl delete job "$1"'],
    ['kc() { kubectl "$@"; }\nkc delete job shop-seed'],
    ['kc() { kubectl "$@"; }\necho kc delete job shop-migrate'],
    ['kc() { minikube "$@"; }\nkc delete job shop-migrate'],
    ['run_job() {\n  kubectl delete job "$1"\n}\nrun_job shop-seed shop-migrate'],
    ['again() { again; kubectl get job; }\nagain shop-migrate'],
    ['kubectl get job shop-migrate'],
    ['kubectl $OPTIONS get job shop-migrate'],
    ["Invoke-Helm -Arguments @('delete', 'job', 'shop-migrate')"],
    ['JOB=a\nJOB=shop-migrate\nkubectl delete job $JOB'],
  ])('not by: %s', (script) => expect(deletes(script, 'shop-migrate')).toBe(false));
});

test.each([
  ['kubectl delete job shop-migrate', true],
  ['kubectl -n shop delete job shop-migrate', true],
  ['kubectl delete job shop-migrate --namespace=shop', true],
  ['kubectl -n shop-dev delete job shop-migrate', false],
  ['kubectl -n "$NS" delete job shop-migrate', true],
  ['kubectl -n "shop-$STAGE" delete job shop-migrate', false],
])('%s deletes it in namespace shop: %s', (script, expected) => {
  const [deleted] = readSteps([script]).deletedJobs;
  expect(deleted?.namespace?.test('shop') ?? true).toBe(expected);
});

test.each([
  ['kubectl delete job -l app=load-test', { app: 'load-test' }],
  ['kubectl delete jobs --selector=app==shop,tier!=db', { app: 'shop' }],
  ['kubectl delete jobs -l "app in (a, b)"', {}],
  ['kubectl delete jobs -l "app=$APP"', {}],
  ['kubectl delete job shop-migrate', {}],
])('%s deletes Jobs with these labels only', (script, expected) => {
  const [deleted] = readSteps([script]).deletedJobs;
  const matched = Object.entries(expected).filter(([key, value]) => deleted?.labels.get(key)?.test(value));
  expect(Object.fromEntries(matched)).toEqual(expected);
  expect(deleted?.labels.size).toBe(Object.keys(expected).length);
});

describe('functions of a file that others source', () => {
  const deletesWith = (...texts: string[]): boolean =>
    readSteps(texts).deletedJobs.some(({ name }) => name.test('shop-migrate'));
  const library = 'kc() { kubectl -n shop "$@"; }';
  const script = 'source lib.sh\nkc delete job shop-migrate';
  test('are known there', () => expect(deletesWith(library, script)).toBe(true));
  test('unless two files disagree', () => expect(deletesWith(library, 'kc() { kubeadm "$@"; }', script)).toBe(false));
  test('while those of the script itself come first', () =>
    expect(deletesWith(library, `kc() { kind "$@"; }\n${script}`)).toBe(false));
  test('however often they call each other, in no time', () => {
    const body = Array.from({ length: 50 }, () => '  f\n  g').join('\n');
    const hostile = `f() {\n${body}\n  kubectl get pods\n}\ng() {\n${body}\n}\n${'f\n'.repeat(5000)}`;
    const cpuTime = startCpuTime();
    expect(deletesWith(hostile)).toBe(false);
    expect(cpuTime()).toBeLessThan(5000);
  });
});

test('a function that applies and waits does not apply after the Job', () => {
  const script = 'deploy() {\n  kubectl apply -k .\n  kubectl wait --for=condition=complete job/shop\n}\ndeploy';
  expect(readSteps([script]).appliesAfterJob).toBe(false);
  expect(readSteps([`${script}\nkubectl apply -f deployment.yaml`]).appliesAfterJob).toBe(true);
  expect(readSteps([`${script}\nkubectl apply -f https://example.com/ingress.yaml`]).appliesAfterJob).toBe(false);
});

describe('what kustomize builds is handed to kubectl', () => {
  const applies = (...texts: string[]): boolean => handsOver(readSteps(texts), 'build');
  const render = 'kubectl kustomize "overlays/$1" | sed "s/PROJECT/$2/"';
  test('by another script than the one that builds', () =>
    expect(applies(render, 'apply:\n\t./scripts/render.sh $(ENV) | kubectl apply -f -')).toBe(true));
  test('by another script than the one that builds it into a variable', () =>
    expect(applies('OUT="$(kubectl kustomize "$DIR")"', './scripts/render.sh prod | kubectl apply -f -')).toBe(true));
  test.each([
    [`# ${render}`, './scripts/render.sh prod | kubectl apply -f -'],
    [render, './scripts/render.sh prod > out.yaml'],
    [render, './scripts/render.sh prod | kubectl diff -f -'],
    ['kubectl get pods', './scripts/render.sh prod | kubectl apply -f -'],
    [render, 'kubectl create secret generic a -o yaml --dry-run=client | kubectl apply -f -'],
  ])('not by %j and %j', (...texts) => expect(applies(...texts)).toBe(false));
});

describe('what else a script does', () => {
  test.each([
    ['kubectl apply -k overlays/prod', true],
    ['kubectl apply -k', false],
    ['kubectl apply -f', false],
    ['kustomize build . > out.yaml\nkubectl apply -f -', true],
    ['kubectl create secret generic a -o yaml --dry-run=client | kubectl apply -f -', false],
    ['kubectl apply -k . --dry-run=server', false],
    ['kubectl apply -f https://example.com/install.yaml', false],
    ['kustomize build . | kubeconform', false],
  ])('%s applies a tree: %s', (script, expected) => expect(handsOver(readSteps([script]))).toBe(expected));

  test.each([
    ['kubectl apply -f job.yaml\nkubectl wait --for=condition=complete job/m\nkubectl apply -k .', true],
    ['kubectl apply -k .\nkubectl wait --for=condition=complete job/m\nkubectl rollout status deploy/a', false],
    ['kubectl wait pod/db --for=condition=Ready\nkubectl apply -k .', false],
    ['kubectl wait --for=condition=complete job/m\nkubectl -n shop set image deployment/a a=a:$TAG', true],
    ['kubectl wait --for=condition=complete job/m\nkubectl rollout restart deployment/a', true],
    ['kubectl delete job m\nwhile kubectl get job m; do sleep 5; done\nkubectl apply -k .', false],
    ['kubectl delete job m --wait=false\nkubectl wait --for=delete job/m\nkubectl apply -k .', false],
    [
      'kubectl delete job m\nkubectl create -f job.yaml\nkubectl get job m -o jsonpath={.status}\nkubectl apply -k .',
      true,
    ],
    ['$status = &"kubectl" "--%" "get job m -o json" | ConvertFrom-Json\nkubectl apply -f built', true],
  ])('%s waits for a Job before it applies more: %s', (script, expected) =>
    expect(readSteps([script]).appliesAfterJob).toBe(expected),
  );

  test('images that get a tag', () => {
    const { taggedImages } = readSteps(['kustomize edit set image shop/api=registry/shop-api:$TAG worker:$TAG']);
    expect(['api', 'shop-api', 'worker', 'web'].map((name) => taggedImages.some((one) => one.test(name)))).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });

  test('images that Tilt builds', () => {
    const { tiltImages } = readSteps([
      "docker_build(\n  'registry/shop-api',\n  context='.',\n)\n# docker_build('web')",
    ]);
    expect(matches(tiltImages, ['shop-api', 'web'])).toEqual(['shop-api']);
  });

  test("images that are loaded into a cluster of one's own machine", () => {
    const { loadedImages } = readSteps([
      'kind load docker-image shop-api:dev --name shop\nminikube image load "web:$TAG"\nk3d image import jobs:v1 -c shop\nkind create cluster',
    ]);
    const images = ['shop-api:dev', 'shop-api:latest', 'web:v1', 'jobs:v1', 'create:v1', 'cluster'];
    expect(matches(loadedImages, images)).toEqual(['shop-api:dev', 'web:v1', 'jobs:v1']);
  });

  test('images that Skaffold builds, and the tree that it hands to kubectl', () => {
    const file = (how: string): string =>
      `apiVersion: skaffold/v4beta11\nbuild:\n  artifacts:\n    - image: registry/shop-api\n${how}`;
    const steps = readSteps([file('manifests:\n  kustomize:\n    paths: [overlays/dev]\n')]);
    expect(matches(steps.taggedImages, ['shop-api', 'web'])).toEqual(['shop-api']);
    expect(handsOver(steps)).toBe(true);
    expect(handsOver(readSteps([file('deploy:\n  helm: {}\n')]))).toBe(false);
    expect(readSteps(['image: registry/shop-api\n']).taggedImages).toEqual([]);
  });

  test.each([
    ['sed -i s/a/b/ base/job.yaml', ['/repo/base/job.yaml']],
    ["sed -i '' -e s/a/b/ base/job.yaml ./web.yaml", ['/repo/base/job.yaml', '/repo/web.yaml']],
    ['sed s/a/b/ base/job.yaml > web.yaml 2>/dev/null', ['/repo/base/job.yaml']],
    ['sed s/a/b/ <base/job.yaml >web.yaml', ['/repo/base/job.yaml']],
    ['sed s/a/b/ < base/job.yaml > web.yaml', ['/repo/base/job.yaml']],
    ['cat base/job.yaml | sed s/a/b/', ['anywhere']],
    ["find base -name '*.yaml' -exec sed -i s/a/b/ {} +", ['anywhere']],
    ["find base -name '*.yaml' -exec sed -i s/a/b/ {} \\;", ['anywhere']],
    ["sed -n 's/^ *image: *//p' base/job.yaml", []],
    ["kustomize build base | sed -nE 's/^ *image: *//p' | sort -u", []],
    ["sed --quiet 's/^ *image: *//p' base/job.yaml", []],
    ['sed -n -i s/a/b/p base/job.yaml', ['/repo/base/job.yaml']],
  ])('%s edits %j', (script, expected) => {
    const paths = ['/repo/base/job.yaml', '/repo/web.yaml'];
    const { edits } = readSteps([script]);
    expect(edits.flatMap(({ file }) => (file ? matches([file], paths) : 'anywhere'))).toEqual(expected);
  });

  test('what a variable stands for is an image where the command replaces another image', () => {
    const editsOf = (script: string): boolean[] =>
      readSteps([script]).edits.map(({ pattern }) => pattern?.test('newTag: v1') === true);
    expect(editsOf('sed -e "s|ghcr.io/shop/app:TAG|$IMAGE|" -e "s|$OLD|$NEW|"')).toEqual([false, true]);
    expect(editsOf('OLD="$(tag_of app)"\nsed -e "s|ghcr.io/shop/app:TAG|$IMAGE|" -e "s|$OLD|$NEW|"')).toEqual([
      false,
      true,
    ]);
    expect(readSteps(['sed "s|ghcr.io/shop/app:TAG|$IMAGE|; s|$OLD|$NEW|"']).edits[1]?.pattern?.test('')).toBe(false);
  });

  test('edits of images, in the file that they are for', () => {
    const { edits } = readSteps([
      'sed -i "s|newTag: .*|newTag: ${TAG}|" overlays/prod/kustomization.yaml',
      'yq -i ".images[0].newTag = strenv(TAG)" $DIR/kustomization.yaml',
    ]);
    const paths = ['/repo/overlays/prod/kustomization.yaml', '/repo/base/kustomization.yaml', '/repo/base/job.yaml'];
    expect(edits.map(({ file }) => matches(file ? [file] : [], paths))).toEqual([paths.slice(0, 1), paths.slice(0, 2)]);
    expect(edits.map(({ pattern }) => pattern && matches([pattern], ['newTag: v1', 'image: app:v1']))).toEqual([
      ['newTag: v1'],
      undefined,
    ]);
  });

  test.each([
    ['sed -i "s/:v[0-9]\\+$/:$TAG/" job.yaml', 'image: app:v12', true],
    ['sed -i "s/:v(1|2)$/:$TAG/" job.yaml', 'image: app:v2', false],
    ['sed -i -E "s/:v(1|2)$/:$TAG/" job.yaml', 'image: app:v2', true],
    ['sed -i "s/\\<TAG\\>/$TAG/" job.yaml', 'image: app:TAG', true],
    ['sed -i "s/\\<TAG\\>/$TAG/" job.yaml', 'image: app:TAGS', false],
    ['sed -i "s/app:[/$TAG/" job.yaml', 'image: app:[', true],
  ])('%s replaces something in %s: %s', (script, line, expected) => {
    const { edits } = readSteps([script]);
    expect(edits.map(({ pattern }) => pattern?.test(line))).toEqual([expected]);
  });

  test.each([
    ['kubectl -n shop set image deployment/web web=registry/web:$TAG', ['deployment/web']],
    ['kubectl set image deploy web web=registry/web:$TAG', ['deployment/web']],
    ['kubectl set image sts/web web=registry/web:$TAG', ['statefulset/web']],
    ['kubectl set image job/web web=registry/web:$TAG --local -o yaml', []],
    ['kubectl set image deployment/web web=registry/web:latest', []],
    ['kubectl set image deployment/web web="$IMAGE"', ['deployment/web']],
    ['kubectl set env deployment/web TAG=$TAG', []],
  ])('%s sets an image of %j', (script, expected) =>
    expect(matches(readSteps([script]).updatedObjects, ['deployment/web', 'statefulset/web', 'job/web'])).toEqual(
      expected,
    ),
  );

  test.each([
    ['kubectl delete -f k8s/job.yaml', true],
    ['kubectl replace --force -f ./k8s/job.yaml', true],
    ['&"kubectl" "--%" "replace --force --save-config -f ./k8s/job.yaml -n $env:NAMESPACE"', true],
    ['kubectl replace -f k8s/job.yaml', false],
    ['kubectl apply --force=false -f k8s/job.yaml', false],
  ])('%s deletes what a file holds: %s', (script, expected) =>
    expect(matches(readSteps([script]).deletedFiles, ['/repo/k8s/job.yaml'])).toHaveLength(expected ? 1 : 0),
  );

  test.each([
    ['kubectl delete -k k8s/prod --ignore-not-found\nkubectl apply -k k8s/prod', true],
    ['kubectl apply -k k8s/prod\nkubectl delete -k k8s/prod', false],
    ['kubectl delete -k k8s/dev\nkubectl apply -k k8s/prod', false],
    ['kubectl kustomize k8s/prod | kubectl delete -f -\nkubectl apply -k k8s/prod', true],
    ['kubectl replace --force -k ./k8s/prod/', true],
    ['kubectl kustomize k8s/prod | kubectl replace --force -f -', true],
    ['kustomize build k8s/prod | envsubst | kubectl replace --force -f -', true],
    ['kustomize build k8s/dev | kubectl replace --force -f -', false],
    ['kustomize build k8s/prod | kubectl replace -f -', false],
    ['cat job.yaml | kubectl replace --force -f -', false],
    ['cd k8s/prod && kubectl delete -k . && kubectl apply -k .', true],
  ])('%j deletes what a folder builds: %s', (script, expected) =>
    expect(matches(readSteps([script]).deletedFolders, ['/repo/k8s/prod'])).toHaveLength(expected ? 1 : 0),
  );

  test.each([
    ['kubectl create -f k8s/job.yaml', true],
    ['job=$(kubectl -n shop create -o name -f k8s/job.yaml)', true],
    ['job=$(envsubst < k8s/job.yaml | kubectl -n shop create -o name -f -)', true],
    ["sed 's/TAG/v1/' k8s/job.yaml | kubectl create -f -", true],
    ['envsubst <k8s/job.yaml | kubectl create -f -', true],
    ['kubectl create -f "$1"', true],
    ['template=$1\nenvsubst < "$template" | kubectl create -f - -o name', true],
    ['kubectl create secret generic x --dry-run=client -o yaml | kubectl create -f -', false],
    ['kubectl create -f k8s/namespace.yaml', false],
    ['kubectl create --dry-run=client -f k8s/job.yaml', false],
    ['kubectl apply -f k8s/job.yaml', false],
    ['kubectl create job shop --from=cronjob/k8s/job.yaml', false],
  ])('%j creates what a file holds: %s', (script, expected) =>
    expect(matches(readSteps([script]).createdFiles, ['/repo/k8s/job.yaml'])).toHaveLength(expected ? 1 : 0),
  );

  test('what Terraform builds, and the images that it sets', () => {
    const data = 'data "kustomization_overlay" "x" {\n';
    const steps = (script: string): number[] => {
      const { terraformFolders, taggedImages } = readSteps([script]);
      return [
        matches(terraformFolders, ['/repo/k8s/prod', '/repo/k8s/test']).length,
        matches(taggedImages, ['shop', 'web']).length,
      ];
    };
    expect(steps(`${data}  resources = ["${'${path.module}'}/../k8s/${'${var.stage}'}"]\n}`)).toEqual([2, 0]);
    expect(steps('data "kustomization_build" "x" {\n  path = "../k8s/prod"\n}')).toEqual([1, 0]);
    expect(steps('data "http" "x" {\n  path = "../k8s/prod"\n}')).toEqual([0, 0]);
    expect(steps(`${data}  images {\n    name = "registry.test/shop"\n    new_tag = var.tag\n  }\n}`)).toEqual([0, 1]);
    expect(steps(`${data}  images {\n    name = "registry.test/shop"\n    new_name = "web"\n  }\n}`)).toEqual([0, 0]);
  });

  const waiting = '- k8s:\n    src: job.yaml\n    wait_condition: { type: Complete, status: "True" }\n';
  test.each([
    [`${waiting}- k8s:\n    src: service.yaml`, true],
    [waiting, false],
    [`${waiting}- k8s:\n    state: absent\n    kind: Job\n    name: x`, false],
    [`- k8s:\n    src: service.yaml\n${waiting}`, false],
  ])('%j waits for a Job and then applies more: %s', (script, expected) =>
    expect(readSteps([script]).appliesAfterJob).toBe(expected),
  );

  test.each([
    ['cat <<EOF >> overlays/prod/kustomization.yaml\nimages:\n- name: app\n  newTag: ${TAG}\nEOF', true],
    ['cat <<EOF >> overlays/prod/kustomization.yaml\nimages:\n- name: app\n  newTag: v1\nEOF', false],
  ])('%j writes tags: %s', (script, expected) =>
    expect(readSteps([script]).edits).toEqual(expected ? [{ pattern: undefined, file: undefined, isHeld: false }] : []),
  );

  test('objects that are made', () => {
    const { createdObjects } = readSteps([
      'kubectl -n a create secret generic db --from-literal=URL=x\nkubectl create cm app',
    ]);
    expect(matches(createdObjects, ['db', 'app', 'generic', 'a'])).toEqual(['db', 'app']);
  });
});

/** Those of the texts that any of the patterns takes. */
function matches(patterns: readonly { test(text: string): boolean }[], texts: readonly string[]): string[] {
  return texts.filter((text) => patterns.some((pattern) => pattern.test(text)));
}
