import { expect, test } from 'vitest';
import { findInstall } from '../../src/delivery/dockerfiles/install.ts';
import { readInstructions } from '../../src/delivery/dockerfiles/instructions.ts';
import { takesJobsFromElsewhere } from '../../src/delivery/images/unseen-builds.ts';
import { findShellSteps } from '../../src/delivery/pipelines/jenkins/shell-steps.ts';
import { readExamples } from '../../src/delivery/scripts/examples.ts';
import { classifyName } from '../../src/model/databases/database-setting.ts';
import { formatOf } from '../../src/model/fields/field-formats.ts';
import { matchCommand } from '../../src/model/tools/command-pattern.ts';
import { migrationTools } from '../../src/model/tools/migration-tools.ts';
import { parseImage } from '../../src/objects/image.ts';
import { keepsHead, placeOf } from '../../src/objects/place.ts';
import { readQuantity } from '../../src/objects/quantity.ts';
import { exchangeVariables, leftVariables } from '../../src/objects/symbolic.ts';
import { nameStem, versionLikePart } from '../../src/objects/version.ts';
import { readScript } from '../../src/shell/shell-script.ts';
import { type Origin, sourceOrigin } from '../../src/source/origin.ts';
import { SourceFile } from '../../src/source/source-file.ts';
import { startCpuTime } from '../support/cpu-time.ts';
import { readSteps } from '../support/read-steps.ts';

const long = (text: string): string => text.repeat(100_000 / text.length);
const instructions = (text: string) => readInstructions(new SourceFile('/Dockerfile', text));
const steps = (text: string) => readSteps([`${text}\nkubectl apply -k .\n`]);

test.each<[string, () => unknown]>([
  ['a variable that is not closed', () => leftVariables(`\${${long('a')}`)],
  ['many variables that are not closed', () => exchangeVariables(long('${'), () => '')],
  ['an image of these', () => parseImage(long('${'))],
  ['a name of these', () => nameStem(long('${'))],
  ['a name of digits', () => versionLikePart(`${long('-1')}!`)],
  ['a name without a dash', () => keepsHead(long('a'), 'a')],
  ["a variable's name of words", () => classifyName(`${long('DATABASE_')}!`)],
  ["a variable's name of dashes", () => classifyName(`${long('_')}!`)],
  ['a command of words', () => migrationTools.map((tool) => matchCommand(`atlas ${long('migrate ')}`, tool))],
  ['conditions in each other', () => readScript(long('if '))],
  ["backslashes in sed's pattern", () => steps(`sed -i 's/${long('\\\\')}' x.yaml`)],
  ['blanks in an assignment', () => steps(`A=x${long(' ')}y`)],
  ["a script's variable that is not closed", () => steps(`kubectl delete job \${${long('a')}`)],
  ['a function named after kubectl', () => steps(`${long('kubectl')} @('a'`)],
  ['blank lines', () => steps(`apiVersion: skaffold/v1\n${long('\n')}${long('\t')}`)],
  ['words of a patch', () => steps(`kubectl patch job x -p '${long('suspend ')}'`)],
  ['an open backquote', () => readExamples(`\`kubectl\n${long('kubectl a\n')}`)],
  ['blank lines of a pipeline', () => takesJobsFromElsewhere(new SourceFile('/a.yaml', long('\n')))],
  ['blank lines in a here-document', () => instructions(`RUN <<X\n${long('\n')}`)],
  ['many here-documents', () => instructions(long('RUN <<X\n'))],
  ['a quantity of digits', () => readQuantity(`${long('1')}!`)],
  ['a limit of digits', () => formatOf('ResourceRequirements', 'limits')?.accepts(`${long('1')}!`, true)],
  ['quotes of Groovy before a backslash', () => findShellSteps(`"${long('\\"')}\\`)],
  ['blanks in a list of PowerShell', () => steps(`kubectl @('a'${long(' ')}'b')`)],
])('%s: time by its length', (_, read) => {
  const cpuTime = startCpuTime();
  read();
  expect(cpuTime()).toBeLessThan(1500);
});

test('stages that copy from themselves, from each other, or from many', () => {
  const stages = (count: number, line: (index: number) => string) =>
    Array.from({ length: count }, (_, index) => `FROM node AS s${index}\n${line(index)}\nRUN npm ci\n`).join('');
  const install = (text: string) => findInstall({ target: undefined, instructions: instructions(text) });
  const cpuTime = startCpuTime();
  for (const from of ['s0', '0', '5', 's5']) install(`FROM node AS s0\nCOPY --from=${from} /a/node_modules .\n`);
  const twice = (index: number) => `COPY --from=s${index - 1} /a/node_modules .\n`.repeat(2);
  expect(install(`${stages(90, twice)}COPY package.json .\nRUN npm ci\n`)).toMatchObject({ manager: 'npm' });
  install(stages(10_000, twice));
  expect(cpuTime()).toBeLessThan(1500);
});

test('a command that goes on in the next line, in files of Windows as well', () => {
  const texts = (text: string) => instructions(text).map((each) => each.text);
  expect(texts('FROM a\r\nRUN a \\\r\n  # why\r\n  b\r\nCMD c\r\n')).toEqual(['a', 'a b', 'c']);
  expect(texts('RUN cat <<E > f\r\na\r\nE\r\nCMD c\r\n')).toEqual(['cat <<E > f a E', 'c']);
});

test('a value that a patch sets again and again keeps its first writing and its last steps', () => {
  const file = new SourceFile('/patch.yaml', '');
  let origin: Origin = sourceOrigin({ file, start: 0, end: 1 });
  for (let start = 1; start <= 30_000; start++) {
    origin = { kind: 'transformed', by: 'json patch', configuredIn: { file, start, end: start + 1 }, input: origin };
  }
  const { at, steps } = placeOf(origin, 'x');
  expect(at.start).toBe(30_000);
  expect(steps.map((step) => step.at.start)).toEqual([0, ...Array.from({ length: 99 }, (_, i) => 29_902 + i)]);
});
