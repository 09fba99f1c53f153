// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables as pipelines hold them.
import { describe, expect, test } from 'vitest';
import { findShellSteps } from '../../src/delivery/pipelines/jenkins/shell-steps.ts';
import { findAround, messagesAround } from './repository.ts';

const jenkins = (text: string) => ({ '.gitlab-ci.yml': undefined, Jenkinsfile: text });

describe('shell-steps', () => {
  const scriptsOf = (text: string) => findShellSteps(text).map(({ script }) => script);

  test.each([
    ['one line', `sh 'kubectl apply -k .'`, 'kubectl apply -k .'],
    ['in parentheses', 'sh("a b")', 'a b'],
    ['with options', `sh(label: 'Deploy', script: 'a', returnStdout: true).trim()`, 'a'],
    ['with options and no parentheses', `sh returnStatus: true, script: "a"`, 'a'],
    ['several lines', `sh '''\n  a\n  b 'c'\n'''`, "\n  a\n  b 'c'\n"],
    [
      'what Groovy fills',
      'sh """a ${env.TAG} ${params.NAME} ${TAG} ${f(x)} ${env.TAG.take(7)}"""',
      'a ${TAG} ${NAME} ${TAG} $() $()',
    ],
    ['what only the shell fills', `sh 'a \${TAG:-b} $(c)'`, 'a ${TAG:-b} $(c)'],
    ['escapes', String.raw`sh "a \"b\" \$TAG \\d"`, String.raw`a "b" $TAG \d`],
    ['a line that goes on', "sh '''a \\\n  b\\n'''", 'a   b\n'],
    ['after a comment', `// it's a note\n/* don't */ sh 'a'`, 'a'],
  ])('%s', (_, text, script) => {
    expect(scriptsOf(text)).toEqual([script]);
  });

  test.each([
    ['other steps', `echo 'a'; bat 'b'; bat(script: 'c'); sh(label: 'd')`],
    ['a script that is put together', `sh 'kubectl apply -k ' + folder`],
    ['a comment', `// sh 'a'\n/* sh 'b' */`],
    ['a block', `script { echo 'a' }`],
    ['a longer word', `ssh 'a'`],
  ])('not %s', (_, text) => {
    expect(scriptsOf(text)).toEqual([]);
  });

  test('the text between the quotes, and the folders around it', () => {
    const text = `dir('k8s') { dir("base") { sh 'a' }\n sh """b""" }\nsh 'c'`;
    expect(findShellSteps(text).map(({ start, end, folders }) => [text.slice(start, end), ...folders])).toEqual([
      ['a', 'k8s', 'base'],
      ['b', 'k8s'],
      ['c'],
    ]);
  });
});

const file = 'k8s/base/deployment-variables.yaml';
const stage = (steps: string, top = '') =>
  jenkins(
    `pipeline {\n  agent any\n${top}\n  stages {\n    stage('Release') {\n      steps {\n${steps}\n      }\n    }\n  }\n}\n`,
  );

test('a version that is written to a line that is not there', async () => {
  const edit = `sed -i "s/^  IMAGE_VERSION: .*/x/" ${file}`;
  expect(await findAround(stage(`sh '''\n  ${edit}\n'''`))).toEqual([
    'ci-variables-file Jenkinsfile:8 ^ IMAGE_VERSION: .*',
  ]);
  expect(await findAround(stage(`dir('k8s') { sh '${edit.replace('k8s/', '')}' }`))).toHaveLength(1);
  expect(await findAround(stage(`dir("\${folder}") { sh '${edit.replace('k8s/', '')}' }`))).toEqual([]);
  expect(await findAround(stage(`sh '''sed -i "s/IMAGE_TAG: .*/x/" ${file}'''`))).toEqual([]);
  // Groovy fills it in.
  expect(await findAround(stage(`sh """sed -i 's/IMAGE_TAG: .*/IMAGE_TAG: \${TAG}/' ${file}"""`))).toEqual([]);
});

test('a file that is not there, unless the job gets files', async () => {
  const edit = `sh 'sed -i "s/a/b/" k8s/deployment-variables.yaml'`;
  expect(await findAround(stage(edit))).toHaveLength(1);
  for (const step of [
    `git url: 'https://git.example.com/manifests.git'`,
    `git(url: 'https://git.example.com/manifests.git')`,
    `checkout([$class: 'GitSCM'])`,
    `checkout scmGit(branches: [[name: 'main']])`,
    `unstash 'manifests'`,
    `sh './generate.sh'`,
  ]) {
    expect(await findAround(stage(`${step}\n${edit}`))).toEqual([]);
  }
  expect(await findAround(stage(`checkout scm\n${edit}`))).toHaveLength(1);
});

test('two images with different tags', async () => {
  const top = (tag: string) =>
    `  environment {\n    TAG = "v1.\${env.BUILD_NUMBER}" // of both\n    OTHER = ${tag}\n  }`;
  const builds = (push = true) =>
    ['shop:$TAG', 'shop-migration:$OTHER']
      .map((image) =>
        `sh "docker build -t registry.example.com/${image} ${push ? '--push ' : ''}."`.replace('$', '\\$'),
      )
      .join('\n');
  expect(await findAround(stage(builds(), top('"v1.${BUILD_ID}"')))).toEqual([]);
  expect(await findAround(stage(builds(), top('gitVersion()')))).toEqual([]);
  expect(await messagesAround(stage(builds(), top("'latest'")))).toEqual([
    "Job `Jenkinsfile` builds the migration's image with the tag `$OTHER`, but the service's is built with `$TAG`: a release that uses one version for both finds only one of the images.",
  ]);
});

test('an image that is not pushed, unless Groovy may do so', async () => {
  const build = `sh 'docker build -t registry/shop:v1 --push .'\nsh 'docker build -f Dockerfile.migration -t registry/shop-migration:v1 .'`;
  expect(await findAround(stage(build))).toEqual([expect.stringMatching(/^ci-image-push Jenkinsfile:8 /)]);
  expect(await findAround(stage(`${build}\ndocker.image('registry/shop-migration:v1').push()`))).toEqual([]);
  expect(await findAround(jenkins(`@Library('images') _\nnode {\n${build}\n}`))).toEqual([]);
});

test('a long file is not read', async () => {
  const edit = `sh 'sed -i "s/^  NONE: .*/x/" ${file}'`;
  expect(await findAround(jenkins(edit))).toHaveLength(1);
  expect(await findAround(jenkins(`${edit}\n//${'-'.repeat(200_000)}`))).toEqual([]);
});
