import { posix } from 'node:path';
import { stringNode } from '../../../source/node.ts';
import { sourceOrigin } from '../../../source/origin.ts';
import type { SourceFile } from '../../../source/source-file.ts';
import type { Repository } from '../../repository.ts';
import type { CiJob, Command } from '../ci-job.ts';
import { findFolder, readCommands } from '../commands.ts';
import { getsOtherFiles } from '../made-files.ts';
import { assignments, type Setting, unite, type Variables, variablesFrom } from '../variables.ts';
import { findShellSteps, readString } from './shell-steps.ts';

/** How many characters a file may have. */
const longestFile = 200_000;

/** The Jenkinsfiles at the top, each with the scripts that it hands to a shell as one job. */
export function readJenkinsJobs(repository: Repository): CiJob[] {
  const names = repository.list(repository.top).filter((name) => /^Jenkinsfile/.test(name));
  return names.flatMap((name) => {
    const file = repository.read(posix.join(repository.top, name));
    return file === undefined || file.text.length > longestFile ? [] : readJob(name, file, repository);
  });
}

function readJob(name: string, file: SourceFile, repository: Repository): CiJob[] {
  const commands = findShellSteps(file.text).flatMap(({ script, start, end, folders }): Command[] => {
    const enter = (from: string | undefined, path: string) => findFolder(path, from, repository);
    const node = stringNode(script, sourceOrigin({ file, start, end }), 'literal');
    return readCommands([node], folders.reduce(enter, repository.top), repository);
  });
  if (commands.length === 0) return [];
  const at = { file, start: 0, end: 0 };
  return [
    {
      system: 'jenkins',
      name,
      file,
      pipeline: file,
      commands,
      // Groovy itself, and libraries, may build images as well.
      actions: buildsImages.test(file.text) ? [{ action: 'groovy', id: undefined, inputs: new Map(), at }] : [],
      variants: [readVariables(file.text, commands)],
      runsOnPush: false,
      changes: undefined,
      order: () => undefined,
      ownToken: false,
      getsFiles: makesFiles.test(file.text) || getsOtherFiles(commands),
    },
  ];
}

const buildsImages = /\bdocker\.|\bpodTemplate\b|@Library\b|\blibrary\b|\bload\b|\b(?:bat|powershell|pwsh)\b/;

/** Steps that get or write files; `checkout scm` gets those of the repository. */
const makesFiles =
  /\b(?:unstash|copyArtifacts|writeFile|writeYaml|bat|powershell|pwsh)\b|\bgit\s*(?:\(|url:|branch:|credentialsId:)|(?<!git )\bcheckout\b(?!\s*(?:\(\s*)?scm\b)/;

const assignment =
  /^[ \t]*(?:def[ \t]+|String[ \t]+|env\.)?(?<name>[A-Za-z_]\w*)[ \t]*=(?!=)[ \t]*(?:(?<quote>["'])(?<value>[^"'\\\n]*)\k<quote>[ \t]*(?:\/\/.*)?$)?/gm;

// biome-ignore lint/suspicious/noTemplateCurlyInString: a variable as scripts write it.
const sameNumber: Variables = new Map([['BUILD_ID', '${BUILD_NUMBER}']]);

/** What `environment` and Groovy set to a text, and what the scripts set; anything else is unknown. */
function readVariables(text: string, commands: readonly Command[]): Variables {
  const set = [...text.matchAll(assignment)].map(({ groups = {} }): Setting => {
    const { name = '', quote = '', value } = groups;
    return [name, value === undefined ? '$()' : readString(value, quote)];
  });
  return unite(sameNumber, variablesFrom([...set, ...assignments(commands)]));
}
