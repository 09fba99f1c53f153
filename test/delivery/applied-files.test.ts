// biome-ignore-all lint/suspicious/noTemplateCurlyInString: scripts hold variables as people write them.

import { expect, test } from 'vitest';
import { readSteps } from '../support/read-steps.ts';

function applies(script: string): boolean {
  return readSteps([script]).appliedFiles.some((applied) => applied.test('/w/k8s/jobs/migrate.yaml'));
}

test.each([
  ['kubectl apply -f k8s/jobs/migrate.yaml'],
  ['      - run: kubectl -n shop create --filename=./k8s/jobs/migrate.yaml'],
  ['kubectl replace --force -f migrate.yaml'],
  ['JOB=$(kubectl -n "$NS" create -f k8s/jobs/migrate.yaml -o jsonpath=\'{.metadata.name}\')'],
  ['JOB="$(kubectl create -f k8s/jobs/migrate.yaml -o name)"\nkubectl wait "$JOB"'],
  ['KUBECTL ?= ./kubectl.sh\nmigrate:\n\t$(KUBECTL) apply -f k8s/jobs/migrate.yaml'],
  ['JOB="$ROOT/k8s/jobs/migrate.yaml"\nkubectl apply -f "$JOB"'],
  ['kubectl apply -f "${DIR}/migrate.yaml" -n "$NS"'],
  ['kubectl apply -f - < k8s/jobs/migrate.yaml'],
  ['envsubst < k8s/jobs/migrate.yaml | kubectl apply -n "$NS" -f -'],
  ['sed "s/TAG/$TAG/" k8s/jobs/migrate.yaml | kubectl create -f -'],
  ['cat k8s/jobs/migrate.yaml | \\\n  sed "s/a/b/" | \\\n  sed "s/c/d/" | \\\n  envsubst | \\\n  kubectl apply -f -'],
  ['kubectl create --dry-run=client -o yaml -f k8s/jobs/migrate.yaml | kubectl apply -f -'],
  ['run_job() {\n  sed "s/TAG/$2/" "$1" | kubectl apply -f -\n}\nrun_job k8s/jobs/migrate.yaml v1'],
])('%s', (script) => expect(applies(script)).toBe(true));

test.each([
  ['kubectl apply -f k8s/jobs/seed.yaml'],
  ['kubectl apply -f k8s/other/migrate.yaml'],
  ['kubectl apply -f k8s/jobs/'],
  ['kubectl apply -f "k8s/jobs/*.yaml"'],
  ['kubectl apply -f "$FILE"'],
  ['kubectl apply -f "$1/$2.yaml"'],
  ['kubectl apply --dry-run=client -f k8s/jobs/migrate.yaml'],
  ['kubectl delete -f k8s/jobs/migrate.yaml'],
  ['kubectl apply -f https://example.com/k8s/jobs/migrate.yaml'],
  ['echo "kubectl apply -f k8s/jobs/migrate.yaml"'],
  ['# kubectl apply -f k8s/jobs/migrate.yaml'],
  ['sed -i "s/TAG/$TAG/" k8s/jobs/migrate.yaml\nkustomize build k8s | kubectl apply -f -'],
  ['sed -i "s/TAG/$TAG/" k8s/jobs/migrate.yaml\nenvsubst < k8s/app.yaml | kubectl apply -f -'],
  ['cat k8s/jobs/migrate.yaml\nkubectl apply -f - <<EOF\nkind: ConfigMap\nEOF'],
  ['kubectl set image --local -f k8s/jobs/migrate.yaml migrate=app:v1 -o yaml | kubectl apply -f -'],
  ['yq -i ".metadata.name = env(NAME)" k8s/jobs/migrate.yaml\nkubectl apply -f k8s/jobs/migrate.yaml'],
  ['perl -pi -e "s/TAG/$TAG/" k8s/jobs/migrate.yaml\nkubectl apply -f k8s/jobs/migrate.yaml'],
  ['yq ".metadata.name = env(NAME)" k8s/jobs/migrate.yaml | kubectl apply -f -'],
])('not %s', (script) => expect(applies(script)).toBe(false));
