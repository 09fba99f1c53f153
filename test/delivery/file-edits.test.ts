// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables as pipelines hold them.
import { describe, expect, test } from 'vitest';
import { findAround, github, gitlab, messagesAround } from './repository.ts';

const file = 'k8s/base/deployment-variables.yaml';

function job(...commands: readonly string[]): Record<string, string> {
  return gitlab(`release:\n  script:\n${commands.map((each) => `    - ${JSON.stringify(each)}\n`).join('')}`);
}

const messagesOf = async (...commands: readonly string[]) => (await messagesAround(job(...commands))).join('\n');

test.each([
  ['groups of a basic expression', `sed -i "s/^\\(  IMAGE_TAG\\): .*/\\1: x/" ${file}`],
  ['groups of an extended one', `sed -E -i 's/^(  IMAGE_TAG): .+/\\1: x/' ${file}`],
  ['classes of POSIX', `sed -i 's/^[[:space:]]*IMAGE_TAG: .*/x/' ${file}`],
  ['borders of words', `sed -i 's/\\<IMAGE_TAG: .*/x/' ${file}`],
  ['another delimiter', `sed -i 's|IMAGE_TAG: .*|IMAGE_TAG: a/b|' ${file}`],
  ['an escaped delimiter', `sed -i 's/IMAGE_TAG: .*/a\\/b/' ${file}`],
  ['perl', `perl -pi -e 's/^(\\s+IMAGE_TAG): \\S+/$1: x/' ${file}`],
  ['by a pattern with variables', `sed -i "s|IMAGE_TAG: \${CI_REGISTRY_IMAGE}/app:.*|x|" ${file}`],
  ['after cd', 'cd k8s/base', 'sed -i "s/IMAGE_TAG: .*/x/" deployment-variables.yaml'],
  ['after cd and back', 'cd k8s', 'cd base', 'cd ../..', `sed -i "s/IMAGE_TAG: .*/x/" ${file}`],
  ['from the top', 'cd k8s', `sed -i "s/IMAGE_TAG: .*/x/" $CI_PROJECT_DIR/${file}`],
  ['after a subshell', '(cd k8s && ls)', `sed -i "s/IMAGE_TAG: .*/x/" ${file}`],
  ['a key', `yq -i '.data.IMAGE_TAG = strenv(TAG)' ${file}`],
  ['a key in brackets', `yq eval --inplace '.data["IMAGE_TAG"] |= "x"' ${file}`],
  ['a key of another field', `yq -i '.metadata.annotations.released = "x"' ${file}`],
  ['a key by its old form', `yq w -i ${file} data.IMAGE_TAG x`],
  ['more than a key', `yq -i '(.data | keys) = "x"' ${file}`],
  [
    'an image',
    'cd k8s/overlays/production',
    'kustomize edit set image registry.example.com/myapp=registry.example.com/myapp:$TAG',
  ],
  ['an image in a base', 'cd k8s/base && kustomize edit set image anything:$TAG'],
])('a version that arrives: %s', async (_, ...commands) => {
  expect(await messagesOf(...commands)).toBe('');
});

test('a pattern that no line has', async () => {
  expect(await messagesOf(`sed -i "s/^\\(IMAGE_TAG\\): .*/\\1: x/" ${file}`)).toBe(
    `Job \`release\` looks for \`^\\(IMAGE_TAG\\): .*\` in \`${file}\`, but no line there matches: \`sed\` silently changes nothing, and the version is never written.`,
  );
  expect(await messagesOf(`perl -pi -e 's/^IMAGE_TAG/x/' ${file}`)).toContain('`perl` silently changes nothing');
});

test('a key that a ConfigMap has not', async () => {
  expect(await messagesOf(`yq -i '.data.IMAGE_VERSION = "x"' ${file}`)).toBe(
    `Job \`release\` sets \`.data.IMAGE_VERSION\` in \`${file}\`, but the ConfigMap there has no such key: \`yq\` silently adds it, and what the tree reads keeps the old version.`,
  );
  expect(await findAround(job(`yq w -i ${file} data.IMAGE_VERSION x`))).toEqual([
    'ci-variables-file .gitlab-ci.yml:3 data.IMAGE_VERSION',
  ]);
});

test('a file that is not there', async () => {
  const missing = (path: string, program: string, does = 'writes into') =>
    `Job \`release\` ${does} \`${path}\`, which is not in the repository: \`${program}\` fails, and with it the release.`;
  expect(await messagesOf("yq -i '.data.X = 1' k8s/x.yaml")).toBe(missing('k8s/x.yaml', 'yq'));
  expect(await messagesOf('envsubst < k8s/x.tmpl > k8s/x.yaml')).toBe(missing('k8s/x.tmpl', 'envsubst', 'reads'));
  expect(await messagesOf('cd k8s', `sed -i s/a/b/ ${file}`)).toBe(missing(file, 'sed'));
});

test('a file that is not there, in a subshell that is the whole script', async () => {
  expect(await messagesOf('( cd k8s && sed -i s/a/b/ x.yaml )')).toContain('`x.yaml`, which is not in the repository');
  expect(await messagesOf('(cd k8s && ls)', `sed -i "s/IMAGE_TAG: .*/x/" base/deployment-variables.yaml`)).toContain(
    'which is not in the repository',
  );
});

describe('an output of GitHub that is written', () => {
  /** What is said about a tag that a job writes, if another job and its own steps have these fields. */
  const said = async (output: string, version: string, needs = 'needs: [version]') => {
    const sed = `sed -i "s/IMAGE_TAG: .*/IMAGE_TAG: \${{ ${output} }}/" ${file}`;
    const jobs = `  version:\n    ${version}\n  release:\n    ${needs}\n    steps:\n      - {id: own, uses: a/b@v1}\n      - run: ${JSON.stringify(sed)}\n`;
    const found = await messagesAround(github(`on: push\njobs:\n${jobs}`));
    return found.map((message) => /always empty: (.*)\. The/.exec(message)?.[1]).join();
  };
  const steps = 'steps: [{id: v, run: ./version}]';

  test.each([
    ['steps.meta.outputs.tag', steps, 'it comes from step `meta`, and this job has no step with that `id`'],
    ['needs.version.outputs.tag', steps, 'job `version` has no output `tag`'],
    [
      'needs.version.outputs.tag',
      `{outputs: {tag: "\${{ steps.w.outputs.tag }}"}, ${steps}}`,
      'it comes from step `w`, and job `version` has no step with that `id`',
    ],
  ])('%s is empty', async (output, version, reason) => {
    expect(await said(output, version)).toBe(reason);
  });

  test('a job that is not needed', async () => {
    const version = `{outputs: {tag: "\${{ steps.v.outputs.tag }}"}, ${steps}}`;
    expect(await said('needs.version.outputs.tag', version, 'if: always()')).toBe(
      'this job does not list `version` under `needs`',
    );
    expect(await said('needs.version.outputs.tag', version, 'needs: version')).toBe('');
  });

  test.each([
    ['steps.own.outputs.tag', steps],
    ['needs.version.outputs.tag', 'uses: acme/workflows/.github/workflows/version.yml@v1'],
    ['needs.version.outputs.tag', `{outputs: {tag: "v\${{ github.run_number }}"}, ${steps}}`],
    ['needs.other.outputs.tag', steps],
    ["needs.version.outputs.tag || 'latest'", steps],
  ])('%s may have a value', async (output, version) => {
    expect(await said(output, version)).toBe('');
  });
});

test.each([
  ['that a command writes', 'echo > x.yaml', 'sed -i s/a/b/ x.yaml'],
  ['that tee writes', 'echo | tee x.yaml', 'sed -i s/a/b/ x.yaml'],
  ['that a here-document fills', 'cat <<EOF > x.yaml\nsed -i s/a/b/ z.yaml\nEOF', 'sed -i s/a/b/ x.yaml'],
  ['that a program may make', 'make manifests', 'sed -i s/a/b/ x.yaml'],
  ['that is downloaded', 'curl -o x.yaml https://example.com', 'sed -i s/a/b/ x.yaml'],
  ['that a program with a variable of its own may make', 'STAGE=a/b make', 'sed -i s/a/b/ x.yaml'],
  ['that comes from a bucket', 'aws s3 cp s3://files/x.yaml .', 'sed -i s/a/b/ x.yaml'],
  ['of a clone', 'git clone https://example.com/x.git', 'cd x', 'sed -i s/a/b/ x.yaml'],
  ['of another branch', 'git checkout deployed', 'sed -i s/a/b/ x.yaml'],
  ['with a variable', 'sed -i s/a/b/ $FILE'],
  ['in a folder that is not known', 'cd $FOLDER', 'sed -i s/a/b/ x.yaml'],
  ['after cd -', 'cd k8s', 'cd -', 'sed -i s/a/b/ x.yaml'],
  ['within a subshell that may end anywhere', '(cd k8s && sed -i s/a/b/ x.yaml) && ls'],
  ['elsewhere', 'sed -i s/a/b/ /etc/x.yaml'],
  ['which an earlier command has changed', `sed -i "s/IMAGE_TAG: .*/TAG/" ${file}`, `sed -i s/TAG$/b/ ${file}`],
])('a file %s is left alone', async (_, ...commands) => {
  expect(await messagesOf(...commands)).toBe('');
});

test.each([
  'IMAGE=$REGISTRY/shop:$TAG',
  'aws eks update-kubeconfig --name shop',
  'gcloud container clusters get-credentials shop',
  'az aks get-credentials --name shop',
  'doctl kubernetes cluster kubeconfig save shop',
])('%s makes no files of the tree', async (command) => {
  expect(await messagesOf(command, 'sed -i s/a/b/ x.yaml')).toContain('`x.yaml`, which is not in the repository');
});

test.each([
  ['aws-actions/configure-aws-credentials@v4', 1],
  ['google-github-actions/auth@v3', 1],
  ['azure/aks-set-context@v4', 1],
  ['actions/download-artifact@v5', 0],
])('%s before an edit of a missing file: %i', async (action, count) => {
  const steps = `      - uses: ${action}\n      - run: sed -i s/a/b/ x.yaml\n`;
  expect(await findAround(github(`on: push\njobs:\n  release:\n    steps:\n${steps}`))).toHaveLength(count);
});

test('artifacts of another job', async () => {
  const release = job('sed -i s/a/b/ out/x.yaml')['.gitlab-ci.yml'] ?? '';
  const build = 'build:\n  script: [make]\n  artifacts: {paths: [out]}\n';
  expect(await findAround(gitlab(release))).toHaveLength(1);
  expect(await findAround(gitlab(build + release))).toEqual([]);
});

test('an image that no container has', async () => {
  expect(
    await messagesOf('cd k8s/overlays/production', 'kustomize edit set image shop=registry.example.com/shop:$TAG'),
  ).toBe(
    'Job `release` sets image `shop` in `k8s/overlays/production`, but no container of that build has this image: `kustomize` silently adds the entry, and the version is never written.',
  );
  expect(await messagesOf('cd k8s', 'kustomize edit set image shop:$TAG')).toBe(
    'Job `release` sets image `shop` in `k8s`, where no kustomization is: `kustomize` fails, and with it the release.',
  );
});

test('the folder of a step, of a job, of a workflow; each step starts anew', async () => {
  const steps = (folder: string, top = '', own = '') =>
    github(
      `on: push\n${top}jobs:\n  release:\n${own}    steps:\n      - run: cd docs\n      - run: 'sed -i "s/IMAGE_TAG: .*/x/" deployment-variables.yaml'\n${folder}`,
    );
  const found = ['ci-variables-file .github/workflows/release.yaml:'];
  const of = async (files: Record<string, string | undefined>) =>
    (await findAround(files)).map((each) => each.replace(/\d.*/s, ''));
  const defaults = '{run: {working-directory: k8s/base}}';
  expect(await of(steps(''))).toEqual(found);
  expect(await of(steps('        working-directory: ./k8s/base\n'))).toEqual([]);
  expect(await of(steps('        working-directory: ${{ github.workspace }}/k8s/base\n'))).toEqual([]);
  expect(await of(steps('        working-directory: k8s\n'))).toEqual(found);
  expect(await of(steps("        working-directory: k8s/${{ inputs.folder || 'base' }}\n"))).toEqual([]);
  expect(await of(steps("        working-directory: ${{ github.event.inputs.folder || 'k8s' }}\n"))).toEqual(found);
  expect(await of(steps('', `defaults: ${defaults}\n`))).toEqual([]);
  expect(await of(steps('', '', `    defaults: ${defaults}\n`))).toEqual([]);
});
