// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables as pipelines hold them.
import { expect, test } from 'vitest';
import { findAround, github, gitlab } from './repository.ts';

const file = 'k8s/base/deployment-variables.yaml';
const found = [expect.stringMatching(/^ci-skip /)];

/** A job of GitLab that writes the version, commits and pushes, with more keys and another command. */
function job(
  more = '',
  push = 'git push origin HEAD:$CI_COMMIT_BRANCH',
  write = `sed -i "s/^  IMAGE_TAG: .*/x/" ${file}`,
) {
  return gitlab(`release:\n${more}  script:\n    - '${write}'\n    - git commit -am release\n    - ${push}\n`);
}

test.each([
  ['sed', `sed -i "s/^  IMAGE_TAG: .*/x/" ${file}`],
  ['perl', `perl -pi -e "s/^  IMAGE_TAG: .*/x/" ${file}`],
  ['yq', `yq -i ".data.IMAGE_TAG = env(TAG)" ${file}`],
  ['yq 3', `yq w -i ${file} data.IMAGE_TAG $TAG`],
  ['kustomize', 'cd k8s/overlays/production && kustomize edit set image registry.example.com/shop:$TAG'],
  ['envsubst', `envsubst < ${file} > a && mv a ${file}`],
])('a version written by %s starts the pipeline again', async (_, write) => {
  const rules = (await findAround(job('', undefined, write))).filter((each) => each.startsWith('ci-skip'));
  expect(rules).toEqual(found);
});

test.each([
  ['changed files are asked for', '  rules: [{changes: [src/**]}]\n'],
  ['the message is asked for', "  rules: [{if: '$CI_COMMIT_MESSAGE !~ /release/'}]\n"],
  ['only tags', '  only: [tags]\n'],
  ['only tags, as a rule', '  rules: [{if: $CI_COMMIT_TAG}]\n'],
  ['only schedules', '  rules: [{if: \'$CI_PIPELINE_SOURCE == "schedule"\'}]\n'],
  ['not for pushes', '  rules: [{if: \'$CI_PIPELINE_SOURCE == "push"\', when: never}, {when: always}]\n'],
  ['by hand', '  when: manual\n'],
  ['by hand, as a rule', '  rules: [{when: manual}]\n'],
  ['a variable of the project', '  rules: [{if: $RELEASE}]\n'],
  ['not for branches', '  except: [branches]\n'],
  ['where a variable says so', '  except: {variables: ["$CI_COMMIT_AUTHOR =~ /bot/"]}\n'],
  ['only for some files', '  only: {refs: [main], changes: [src/*]}\n'],
  ['no rule fits', '  rules: []\n'],
])('a job that the push does not run: %s', async (_, more) => {
  expect(await findAround(job(more))).toEqual([]);
});

test.each([
  ['a branch', '  only: [main]\n'],
  ['a branch, and more', '  only: {refs: [main, tags]}\n'],
  ['all but tags', '  except: [tags]\n'],
  ['a branch as a rule', "  rules: [{if: '$CI_COMMIT_TAG', when: never}, {if: '$CI_COMMIT_BRANCH == \"main\"'}]\n"],
  [
    'a part of a rule',
    '  rules: [{if: \'$CI_COMMIT_TAG || ($CI_PIPELINE_SOURCE == "push" && $CI_COMMIT_REF_NAME == $CI_DEFAULT_BRANCH)\'}]\n',
  ],
  ['not for merge requests', '  rules: [{if: \'$CI_PIPELINE_SOURCE != "merge_request_event"\'}]\n'],
  ['without a tag', '  rules: [{if: $CI_COMMIT_TAG == null}]\n'],
])('a job that the push runs: %s', async (_, more) => {
  expect(await findAround(job(more))).toEqual(found);
});

test('rules of the whole pipeline, and of a job that is extended', async () => {
  const text = job()['.gitlab-ci.yml'] ?? '';
  const workflow = (rule: string) => gitlab(`workflow:\n  rules: [{${rule}}]\n${text}`);
  expect(await findAround(workflow('if: $CI_COMMIT_TAG'))).toEqual([]);
  expect(await findAround(workflow("if: '$CI_COMMIT_TITLE =~ /^release/', when: never}, {when: always"))).toEqual([]);
  expect(await findAround(workflow('if: $CI_COMMIT_BRANCH'))).toEqual(found);
  const extending = text.replace('release:', '.tags: {only: [tags]}\nrelease:\n  extends: .tags');
  expect(await findAround(gitlab(extending))).toEqual([]);
});

test.each([
  ['an option', 'git push -o ci.skip'],
  ["the job's token", 'git push https://gitlab-ci-token:${CI_JOB_TOKEN}@git.example.com/shop.git HEAD:main'],
  ['another branch', 'git push origin HEAD:deployed'],
  ['tags alone', 'git push --tags'],
  ['another repository', 'git clone https://git.example.com/other.git && git push'],
])('a push that starts nothing: %s', async (_, push) => {
  expect(await findAround(job('', push))).toEqual([]);
});

test.each([
  ['from a file', 'git commit -aF notes.txt', []],
  ['from a file, in full', 'git commit -a --file=notes.txt', []],
  ['of another commit', 'git commit -aC HEAD', []],
  ['of the commit before', 'git commit -a --amend --no-edit', []],
  ['in a variable', 'git commit -am "$CI_COMMIT_MESSAGE"', []],
  ['with a variable in it', 'git commit -am "release $TAG"', found],
  ['in one word with its flag', 'git commit -a --message=release', found],
])('a message %s: %s', async (_, commit, expected) => {
  const [path = '', text = ''] = Object.entries(job())[0] ?? [];
  expect(await findAround({ [path]: text.replace('git commit -am release', commit) })).toEqual(expected);
});

/** A workflow whose job writes the version, with its events, the checkout's inputs and the steps that follow. */
function workflow(on: string, checkout: string, steps: string): Record<string, string | undefined> {
  return github(
    `on: ${on}\njobs:\n  release:\n    steps:\n      - uses: actions/checkout@v4\n        with: {${checkout}}\n` +
      `      - run: 'sed -i "s/^  IMAGE_TAG: .*/x/" ${file}'\n${steps.replace(/^/gm, '      ')}\n`,
  );
}

const own = 'token: "${{ secrets.TOKEN }}"';
const commit = '- run: git commit -am release && git push';

test.each([
  ['a token', 'push', own, commit],
  ['a key', '[push]', 'ssh-key: "${{ secrets.KEY }}"', commit],
  ['a branch', '{push: {branches: [main]}}', own, commit],
  ['any push', '{push: , workflow_dispatch: }', own, commit],
  ['branches and tags', '{push: {branches: [main], tags: [v*]}}', own, commit],
  [
    'an address with a token',
    'push',
    '',
    `- run: git push "https://x:\${{ secrets.TOKEN }}@github.com/me/shop"\n- run: git commit -am x`,
  ],
  ['an action', 'push', own, '- uses: stefanzweifel/git-auto-commit-action@v5'],
  ['an action with its message', 'push', own, '- uses: EndBug/add-and-commit@v9\n  with: {message: release}'],
  ['an action that pushes', 'push', own, '- run: git commit -am release\n- uses: ad-m/github-push-action@v1'],
])('a push that starts workflows: %s', async (_, on, checkout, steps) => {
  expect(await findAround(workflow(on, checkout, steps))).toEqual(found);
});

test.each([
  ["the workflow's own token", 'push', 'token: "${{ secrets.GITHUB_TOKEN }}"', commit],
  ['no token named', 'push', '', commit],
  ['no token, an action', 'push', '', '- uses: stefanzweifel/git-auto-commit-action@v5'],
  ['tags', '{push: {tags: [v*]}}', own, commit],
  ['some paths', '{push: {paths: [src/**]}}', own, commit],
  ['all but some paths', '{push: {paths-ignore: [k8s/**]}}', own, commit],
  ['by hand', 'workflow_dispatch', own, commit],
  ['a pull request', '[pull_request]', own, commit],
  ['not for a bot', 'push', own, `${commit}\n  if: github.actor != 'bot'`],
  ['a message of GitHub', 'push', own, '- run: git commit -am "release [actions skip]" && git push'],
  ['a trailer', 'push', own, '- run: |\n    git commit -am "release\n\n    skip-checks: true"\n    git push'],
  [
    'a message of an action',
    'push',
    own,
    '- uses: stefanzweifel/git-auto-commit-action@v5\n  with: {commit_message: "x [skip ci]"}',
  ],
  ['another repository', 'push', `${own}, repository: me/other`, commit],
  ['a commit without a push', 'push', own, '- run: git commit -am release'],
])('a push that starts no workflow: %s', async (_, on, checkout, steps) => {
  const rules = (await findAround(workflow(on, checkout, steps))).filter((each) => each.startsWith('ci-skip'));
  expect(rules).toEqual([]);
});

test.each([
  ["github.ref == 'refs/heads/main'", found],
  ["startsWith(github.ref, 'refs/tags/')", []],
  ["github.event_name == 'workflow_dispatch'", []],
  ['needs.changes.outputs.any', []],
])('the condition of a job: %s', async (condition, expected) => {
  const files = workflow('push', own, commit);
  const text = files['.github/workflows/release.yaml'] ?? '';
  expect(await findAround(github(text.replace('    steps:', `    if: ${condition}\n    steps:`)))).toEqual(expected);
});
