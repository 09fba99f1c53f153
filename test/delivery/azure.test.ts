// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables as pipelines hold them.
import { expect, test } from 'vitest';
import { azure, findAround, messagesAround } from './repository.ts';

const file = 'k8s/base/deployment-variables.yaml';

/** A pipeline that builds both images with a tag each, in a job each. */
function twoImages(service: string, migration: string, top = ''): Record<string, string | undefined> {
  return azure(`
trigger: [main]
${top}
jobs:
  - job: service
    steps:
      - task: Docker@2
        inputs: {command: buildAndPush, containerRegistry: acme, repository: shop, Dockerfile: Dockerfile, tags: ${service}}
  - job: migration
    steps:
      - task: Docker@2
        inputs:
          command: buildAndPush
          containerRegistry: acme
          repository: shop-migration
          Dockerfile: Dockerfile.migration
          tags: |
            ${migration}
`);
}

test.each([
  ['the same variable', '$(Build.BuildId)', '$(build.buildid)', ''],
  ['a variable of the pipeline', '$(Build.BuildId)', '$(tag)', 'variables: {tag: $(Build.BuildId)}'],
  ['a variable in a list', '$(Build.BuildId)', '$(TAG)', 'variables: [{name: tag, value: $(Build.BuildId)}]'],
  ['a parameter', 'v1', '${{ parameters.tag }}', 'parameters: [{name: tag, default: v1}]'],
  ['a parameter in a map', 'v1', "${{ parameters['tag'] }}", 'parameters: {tag: v1}'],
  ['a variable at compile time', 'v1', '${{ variables.tag }}', 'variables: {tag: v1}'],
  ['the number of the run by its name', '$(Build.BuildId)', '$(Build.BuildNumber)', 'name: $(Build.BuildId)'],
  ['an expression that only a run knows', '$(Build.BuildId)', '$(tag)', 'variables: {tag: "$[format(\'{0}\', 1)]"}'],
  ['a variable that depends on a condition', 'v1', '$(tag)', 'variables: {tag: v1, "${{ if true }}": {tag: v2}}'],
  ['more than one tag', '$(Build.BuildId)', '$(Build.BuildId),latest', ''],
])('two images with one tag: %s', async (_, service, migration, top) => {
  expect(await findAround(twoImages(service, migration, top))).toEqual([]);
});

test('two images with different tags', async () => {
  expect(await findAround(twoImages('$(Build.BuildId)', '$(Build.SourceVersion)'))).toEqual([
    'ci-image-version azure-pipelines.yml:18 $(Build.SourceVersion)',
  ]);
});

const edit = `sed -i "s/^  IMAGE_VERSION: .*/x/" ${file}`;
const unmatched = (at: string) => [expect.stringContaining(`ci-variables-file ${at} `)];

test.each([
  ['a script', `steps:\n  - script: '${edit}'\n`, 'azure-pipelines.yml:3'],
  ['bash', `steps:\n  - checkout: self\n  - bash: '${edit}'\n`, 'azure-pipelines.yml:4'],
  [
    'a task',
    `steps:\n  - task: Bash@3\n    inputs: {targetType: inline, script: '${edit}'}\n`,
    'azure-pipelines.yml:4',
  ],
  ['a task of the command line', `steps: [{task: CmdLine@2, inputs: {script: '${edit}'}}]\n`, 'azure-pipelines.yml:2'],
  [
    'a task of the Azure CLI',
    `steps: [{task: AzureCLI@2, inputs: {scriptType: bash, scriptLocation: inlineScript, inlineScript: '${edit}'}}]\n`,
    'azure-pipelines.yml:2',
  ],
  [
    'another folder',
    `steps: [{bash: '${edit.replace('k8s/', '')}', workingDirectory: $(Build.SourcesDirectory)/k8s}]\n`,
    'azure-pipelines.yml:2',
  ],
  [
    'after cd',
    `steps: [{bash: 'cd "$(System.DefaultWorkingDirectory)/k8s"; ${edit.replace('k8s/', '')}'}]\n`,
    'azure-pipelines.yml:2',
  ],
  [
    'a job of a stage',
    `stages: [{stage: release, jobs: [{job: tag, steps: [{script: '${edit}'}]}]}]\n`,
    'azure-pipelines.yml:2',
  ],
  [
    'a deployment that checks out the repository',
    `jobs: [{deployment: tag, strategy: {runOnce: {deploy: {steps: [{checkout: self}, {script: '${edit}'}]}}}}]\n`,
    'azure-pipelines.yml:2',
  ],
  [
    'a condition',
    `steps:\n  - \${{ if eq(parameters.tag, true) }}:\n      - script: '${edit}'\n`,
    'azure-pipelines.yml:4',
  ],
])('a line that no pattern finds, in %s', async (_, steps, at) => {
  expect(await findAround(azure(`trigger: [main]\n${steps}`))).toEqual(unmatched(at));
});

test.each([
  ['PowerShell', `steps: [{pwsh: '${edit}'}]`],
  ['the command line of Windows', `pool: {vmImage: windows-latest}\nsteps: [{script: '${edit}'}]`],
  ['a script for Windows', `steps: [{task: AzureCLI@2, inputs: {scriptType: ps, inlineScript: '${edit}'}}]`],
  [
    'a deployment without the repository',
    `jobs: [{deployment: tag, strategy: {runOnce: {deploy: {steps: [{script: '${edit}'}]}}}}]`,
  ],
  ['a file of an artifact', `steps: [{task: DownloadPipelineArtifact@2}, {script: '${edit.replace('base/', '')}'}]`],
  ['another repository', `steps: [{checkout: git://acme/manifests}, {script: '${edit}'}]`],
  ['two repositories, each in a folder', `steps: [{checkout: self}, {checkout: manifests}, {script: '${edit}'}]`],
  ['a folder that only the run knows', `steps: [{script: '${edit}', workingDirectory: $(folder)}]`],
])('a script that is not read: %s', async (_, steps) => {
  expect(await findAround(azure(`trigger: [main]\n${steps}\n`))).toEqual([]);
});

test("templates for steps, jobs, stages and variables, from the file's folder or from the top", async () => {
  const steps = `parameters: [{name: file}, {name: key, default: IMAGE_VERSION}]\nsteps:\n  - bash: 'sed -i "s/^  \${{ parameters.key }}: .*/x/" \${{ parameters.file }}'\n`;
  const templates = {
    'ci/steps.yml': steps,
    'ci/jobs.yml': `parameters: {file: none}\njobs:\n  - job: tag\n    steps:\n      - template: steps.yml\n        parameters: {file: '\${{ parameters.file }}'}\n`,
    'ci/stages.yml': `stages:\n  - stage: release\n    jobs:\n      - template: /ci/jobs.yml@self\n        parameters: {file: ${file}}\n`,
  };
  const found = [expect.stringMatching(/^ci-variables-file ci\/steps.yml:3 'sed -i /)];
  for (const top of [
    `steps: [{template: ci/steps.yml, parameters: {file: ${file}}}]`,
    `jobs: [{template: /ci/jobs.yml, parameters: {file: ${file}}}]`,
    'stages: [{template: ci/stages.yml}]',
    'extends: {template: ci/stages.yml}',
    `jobs:\n  - \${{ each one in parameters.files }}:\n      - template: ci/jobs.yml\n        parameters: {file: '\${{ one.path }}'}\nparameters: [{name: files, default: [{path: ${file}}]}]`,
    `parameters: [{name: all, default: [{template: ci/steps.yml, parameters: {file: ${file}}}]}]\nsteps: ['\${{ parameters.all }}']`,
  ]) {
    expect(await findAround(azure(top, templates))).toEqual(found);
  }
  expect(await findAround(azure('steps: [{template: steps.yml@other}]', templates))).toEqual([]);
});

test('files in the folders for pipelines, of which those that others include are not pipelines of their own', async () => {
  const files = {
    '.azuredevops/release.yaml': 'steps: [{template: templates/tag.yml, parameters: {key: IMAGE_VERSION}}]',
    '.azuredevops/templates/tag.yml': `parameters: {key: IMAGE_TAG}\nsteps: [{bash: 'sed -i "s/^  \${{ parameters.key }}: .*/x/" ${file}'}]`,
    '.azure-pipelines/ci/tag.yml': `steps: [{script: '${edit}'}]`,
    'services/azure-pipelines.yml': `steps: [{script: '${edit}'}]`,
  };
  expect(await findAround(azure('', files))).toEqual([
    expect.stringContaining('ci-variables-file .azure-pipelines/ci/tag.yml:1'),
    expect.stringContaining('ci-variables-file .azuredevops/templates/tag.yml:2'),
  ]);
});

/** Two stages: one sets an output by a command and builds the service's image, the other builds the migration's. */
function twoStages(set: string, tag: string): Record<string, string | undefined> {
  return azure(`
stages:
  - stage: service
    jobs:
      - job: build
        steps:
          - bash: |
              version=v1
              ${set}
            name: version
          - bash: docker build -t registry/shop:v1 . && docker push registry/shop:v1
  - stage: migration
    variables:
      tag: ${tag}
    jobs:
      - job: build
        steps:
          - bash: docker build -f Dockerfile.migration -t registry/shop-migration:$(tag) . && docker push registry/shop-migration:$(tag)
`);
}

test('a variable that a step sets for other jobs', async () => {
  const output = "$[ stageDependencies.service.build.outputs['version.tag'] ]";
  const set = (value: string) => `echo "##vso[task.setvariable variable=tag;isOutput=true]${value}"`;
  expect(await findAround(twoStages(set('v1'), output))).toEqual([]);
  expect(await findAround(twoStages(set('${version}'), output))).toEqual([]);
  expect(await messagesAround(twoStages(set('v2'), output))).toEqual([
    "Job `build` builds the migration's image with the tag `$(tag)`, but the service's is built with `v1`: a release that uses one version for both finds only one of the images.",
  ]);
  expect(await findAround(twoStages(`${set('v1')}; ${set('v2')}`, output))).toEqual([]);
  expect(await findAround(twoStages('', output))).toEqual([]);
  expect(await findAround(twoStages('', "$[variables['other']]"))).toHaveLength(1);
});

test('a variable that a step sets for later steps, and one of a matrix', async () => {
  const build = (name: string) => `docker build -f ${name} -t registry/$(image):$(tag) . --push`;
  const steps = (tag: string) =>
    `strategy:\n  matrix:\n    a: {image: shop, tag: v1, file: Dockerfile}\n    b: {image: shop-migration, tag: ${tag}, file: Dockerfile.migration}\nsteps:\n  - bash: ${build('$(file)')}\n`;
  expect(await findAround(azure(steps('v1')))).toEqual([]);
  expect(await findAround(azure(steps('v2')))).toEqual([expect.stringContaining('ci-image-version ')]);
  const later = (tag: string) =>
    `steps:\n  - bash: echo "##vso[task.setvariable variable=tag]${tag}"\n  - bash: docker build -t registry/shop:$(tag) . --push\n  - bash: docker build -f Dockerfile.migration -t registry/shop-migration:$VERSION . --push\n    env: {VERSION: v1}\n`;
  expect(await findAround(azure(later('v1')))).toEqual([]);
  expect(await findAround(azure(later('v2')))).toEqual([expect.stringContaining('ci-image-version ')]);
});

/** A pipeline that commits the version to this repository. */
function writingBack(top: string, more = '', message = 'release', checkout = 'persistCredentials: true') {
  return azure(`
${top}
jobs:
  - job: release
    ${more}
    steps:
      - checkout: self
        ${checkout}
      - bash: |
          sed -i "s/^  IMAGE_TAG: .*/x/" ${file}
          git config user.email ci@example.com
          git commit -am "${message}"
          git push origin HEAD:$(Build.SourceBranchName)
`);
}

test.each([
  ['branches in a list', 'trigger: [main]', '', 'release', undefined],
  ['branches in a map', 'trigger: {batch: true, branches: {include: [main]}}', '', 'release', undefined],
  [
    'the branch as a condition',
    'trigger: [main]',
    "condition: and(succeeded(), eq(variables['Build.SourceBranch'], 'refs/heads/main'))",
    'release',
    undefined,
  ],
  [
    'a token for the push',
    'trigger: [main]',
    '',
    'release" && git remote set-url origin "https://x:$(PAT)@dev.azure.com/a',
    '',
  ],
])('a commit that starts the pipeline again: %s', async (_, top, more, message, checkout) => {
  expect(await findAround(writingBack(top, more, message, checkout))).toEqual([expect.stringMatching(/^ci-skip /)]);
});

test.each([
  ['no trigger', 'trigger: none', ''],
  ['a trigger that nobody wrote', '', ''],
  ['only tags', 'trigger: {tags: {include: [v*]}}', ''],
  ['only some files', 'trigger: {branches: {include: [main]}, paths: {exclude: [k8s]}}', ''],
  ['a mark in the message', 'trigger: [main]', '', 'release ***NO_CI***'],
  ['a mark of its own', 'trigger: [main]', '', 'release [skip azp]'],
  ['a variable of the project', 'trigger: [main]', "condition: eq(variables['release'], 'true')"],
  ['a variable of the project, by another notation', 'trigger: [main]', 'condition: eq(variables.release, true)'],
  ['only by hand', 'trigger: [main]', "condition: eq(variables['Build.Reason'], 'Manual')"],
  ['the author', 'trigger: [main]', "condition: ne(variables['Build.RequestedFor'], 'ci')"],
  ['no right to push', 'trigger: [main]', '', 'release', ''],
])('a commit that starts no pipeline: %s', async (_, top, more, message = 'release', checkout = undefined) => {
  expect(await findAround(writingBack(top, more, message, checkout))).toEqual([]);
});

test('an image that is built but not pushed, unless a step may do so', async () => {
  const build = (more = '') =>
    `steps:\n  - task: docker@2\n    inputs: {repository: shop, dockerfile: Dockerfile, tags: v1}\n  - task: Docker@2\n    inputs: {command: build, repository: shop-migration, Dockerfile: Dockerfile.migration, tags: v1, arguments: --target migration}\n${more}`;
  const found = [expect.stringMatching(/^ci-image-push azure-pipelines.yml:[56] v1/)];
  expect(await findAround(azure(build()))).toEqual(found);
  expect(await findAround(azure(`trigger: [main]\n${build('  - task: KubectlInstaller@0\n')}`))).toEqual(found);
  expect(await findAround(azure(build(), { 'azure-pipelines.push.yml': 'extends: {template: a.yml@other}' }))).toEqual(
    [],
  );
  for (const more of [
    '  - pwsh: ./push.ps1\n',
    '  - task: Maven@4\n',
    '  - template: push.yml@other\n',
    '  - bash: ./push.sh\n',
    '  - task: Docker@2\n    inputs: {command: push, repository: shop-migration, tags: v1}\n',
  ]) {
    expect(await findAround(azure(build(more)))).toEqual([]);
  }
});

test('a wait of a task for a Job that the build calls otherwise', async () => {
  const apply = 'inputs: {command: apply, arguments: -k k8s/overlays/production}';
  const wait = 'inputs: {command: wait, arguments: --for=condition=complete job/myapp-migration}';
  expect(
    await findAround(azure(`steps:\n  - task: Kubernetes@1\n    ${apply}\n  - task: Kubernetes@1\n    ${wait}\n`)),
  ).toEqual(['ci-wait azure-pipelines.yml:5 --for=condition=complete job/myapp-migration']);
});

test('images that the registry builds: its name is a part of the host', async () => {
  const build = (registry: string, tag: string, more = '') =>
    `steps:\n  - bash: |\n      az acr build ${registry} -t shop:v1 .\n      az acr build ${registry} -t shop-migration:${tag} -f Dockerfile.migration ${more}.\n`;
  for (const registry of ['-r acme', '--registry acme.azurecr.io', '-r $(acr)', '']) {
    expect(await findAround(azure(build(registry, 'v1')))).toEqual([]);
    expect(await findAround(azure(build(registry, 'v2')))).toEqual([expect.stringMatching(/^ci-image-version /)]);
    expect(await findAround(azure(build(registry, 'v1', '--no-push ')))).toEqual([
      expect.stringMatching(/^ci-image-push /),
    ]);
  }
});

test('the number of a run that a step or its format changes', async () => {
  const images = twoImages('$(Build.BuildNumber)', '$(version)')['azure-pipelines.yml'] ?? '';
  expect(await findAround(azure(images))).toHaveLength(1);
  expect(await findAround(azure(`${images}      - bash: echo "##vso[build.updatebuildnumber]$(version)"\n`))).toEqual(
    [],
  );
  expect(await findAround(azure(`name: $(version)\n${images}`))).toEqual([]);
  expect(await findAround(azure(`name: $(Date:yyyyMMdd)$(Rev:.r)\n${images}`))).toHaveLength(1);
});

test('a list of steps that a parameter holds as a whole', async () => {
  const top = `extends: {template: ci/job.yml, parameters: {steps: [{script: '${edit}'}]}}`;
  const template = "parameters: {steps: []}\njobs: [{job: a, steps: '${{ parameters.steps }}'}]";
  expect(await findAround(azure(top, { 'ci/job.yml': template }))).toEqual(unmatched('azure-pipelines.yml:1'));
});
