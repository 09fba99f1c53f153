// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables as pipelines hold them.
import { expect, test } from 'vitest';
import { startCpuTime } from '../support/cpu-time.ts';
import { azure, findAround, github, gitlab } from './repository.ts';

const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));
const file = 'k8s/base/deployment-variables.yaml';

/** Texts that would take very long where each part were followed, or by an engine that goes back. */
test.each([
  [
    'variables that hold each other many times',
    gitlab(
      `variables:\n${many(9, (i) => `  V${i}: "${`$V${i + 1}`.repeat(200)}"\n`).join('')}\njob:\n  script: ['docker build -t a:$V0 .']\n`,
    ),
  ],
  [
    'references that hold each other many times',
    gitlab(
      `${many(11, (i) => `.a${i}:\n  script:\n${`    - !reference [.a${i + 1}, script]\n`.repeat(20)}`).join('')}job:\n  script:\n    - !reference [.a0, script]\n`,
    ),
  ],
  [
    'jobs that extend each other many times',
    gitlab(
      many(20, (i) => `.a${i}:\n  extends: [${many(20, (j) => `.a${j}`).join(', ')}]\n`).join('') +
        'job:\n  extends: .a0\n  script: [a]\n',
    ),
  ],
  [
    'a matrix of many values',
    gitlab(
      `job:\n  script: ['docker build -t a:b .']\n  parallel:\n    matrix:\n      - ${many(9, (i) => `A${i}: [${many(20, String).join(', ')}]`).join('\n        ')}\n`,
    ),
  ],
  ['a pattern that goes back', gitlab(`job:\n  script: ['sed -E -i "s/^(([ A-Z_]+)+)+;/x/" ${file}']\n`)],
  ['an expression of backslashes', gitlab(`job:\n  script: ['sed -i ''s/${'\\\\'.repeat(40)}'' ${file}']\n`)],
  ['blanks without end', gitlab(`job:\n  script: ['echo "\${{${' '.repeat(100_000)}"']\n`)],
  ['here-documents without end', gitlab(`job:\n  script:\n    - |\n${'      cat <<A\n'.repeat(20_000)}`)],
  ['nested substitutions', gitlab(`job:\n  script: ['${'$('.repeat(20_000)}']\n`)],
  [
    'actions that use each other',
    github('on: push\njobs:\n  a:\n    steps:\n      - uses: ./a\n', {
      'a/action.yml': `runs:\n  steps:\n${'    - uses: ./a\n'.repeat(200)}`,
    }),
  ],
  [
    'workflows that call each other',
    github(`on: push\njobs:\n${many(50, (i) => `  a${i}:\n    uses: ./.github/workflows/release.yaml\n`).join('')}`),
  ],
  [
    'templates that include each other',
    azure(`steps:\n${'  - template: a.yml\n'.repeat(50)}`, {
      'a.yml': `steps:\n${'  - template: a.yml\n'.repeat(50)}`,
    }),
  ],
  [
    'loops in loops, with lists of lists',
    azure(
      `parameters:\n  - {name: p, default: [${many(100, String).join(', ')}]}\nsteps:\n${many(9, (i) => `${'  '.repeat(i)}  - \${{ each v${i} in parameters.p }}:\n`).join('')}${'  '.repeat(10)}  - script: a\n`,
    ),
  ],
  [
    'parameters that hold each other many times',
    azure(`steps: [{template: a.yml, parameters: {p: ${'a'.repeat(100)}}}]`, {
      'a.yml': `steps: [{template: a.yml, parameters: {p: "${'${{ parameters.p }}'.repeat(100)}"}}, {script: "${'${{ parameters.p }}'.repeat(10_000)}"}]`,
    }),
  ],
  [
    'quotes and comments of Groovy without end',
    {
      '.gitlab-ci.yml': undefined,
      Jenkinsfile: `${"sh 'a'\n".repeat(5_000)}${"'''/*\"".repeat(10_000)}`,
      'Jenkinsfile.a': '/*'.repeat(90_000),
      'Jenkinsfile.b': `a${' '.repeat(100_000)}=${' '.repeat(50_000)}"`,
      'Jenkinsfile.c': `${'{dir("a")'.repeat(15_000)}sh 'b'`,
    },
  ],
  [
    'a long setting',
    { ...gitlab('a: {script: [a]}\n'), 'Dockerfile.migration': `FROM a\nENV ${'a'.repeat(200_000)}\n` },
  ],
  [
    'a long command',
    { ...gitlab('a: {script: [a]}\n'), 'Dockerfile.migration': `FROM a\nRUN ${'npm '.repeat(50_000)}\n` },
  ],
  [
    'scripts that run each other',
    {
      'package.json': JSON.stringify({
        dependencies: { '@prisma/client': '6' },
        scripts: Object.fromEntries(many(20, (i) => [`s${i}`, many(20, (j) => `npm run s${j}`).join(' && ')])),
      }),
      'Dockerfile.migration':
        'FROM node:20-alpine\nCOPY package*.json .\nRUN npm ci\nCOPY . .\nRUN npm run s0 && npx prisma generate\n',
    },
  ],
])('%s', async (_, files) => {
  const cpuTime = startCpuTime();
  const found = await findAround(files);
  expect(found.filter((each) => !each.startsWith('ci-variables-file'))).toEqual([]);
  expect(cpuTime()).toBeLessThan(25_000);
});
