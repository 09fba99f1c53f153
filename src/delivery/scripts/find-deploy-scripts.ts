import { posix } from 'node:path';
import { oncePerText } from '../../collections/once.ts';
import type { Sources } from '../../source/files/note-reads.ts';
import { escapePattern } from '../../text/escape-pattern.ts';
import { azureFolders } from '../pipelines/azure/folders.ts';
import { Repository } from '../repository.ts';
import { readExamples } from './examples.ts';

const neverEntered =
  /^(\.git|node_modules|vendor|third_party|dist|build|target|coverage|__pycache__|venv|\.venv|testdata|fixtures)$/;

/** Shell and PowerShell scripts, also as templates of Terraform and the like, and the files of make, in any folder. */
const scriptName =
  /\.(sh|bash|zsh|ksh|ps1|mk)(\.(tftpl|tpl|tmpl|j2|in))?$|^(GNU)?[Mm]akefile$|^[Jj]ustfile$|^Taskfile\.ya?ml$|^Jenkinsfile|^Tiltfile$|^(cloudbuild|azure-pipelines?|bitbucket-pipelines|buildspec|skaffold|\.gitlab-ci|\.drone|\.woodpecker)[\w.-]*\.ya?ml$/;

/** Documents, whose examples people type to deploy by hand. */
const documentName = /\.(md|markdown|mdx)$/i;

/** Folders whose YAML files are pipelines, or tasks of Ansible. */
const pipelineFolders: readonly string[] = [
  String.raw`\.github/(workflows|actions/[^/]+)`,
  String.raw`\.gitlab(/.+)?`,
  `(${azureFolders.map(escapePattern).join('|')})(/.+)?`,
  String.raw`\.circleci|\.buildkite|\.woodpecker|cloudbuild|pipelines?`,
  String.raw`\.?tekton(/.+)?`,
  'ansible|playbooks?|roles/[^/]+/(tasks|handlers)',
];
const pipelineFolder = new RegExp(`(^|/)(${pipelineFolders.join('|')})$`, 's');

/** Folders whose files without an extension may be scripts. */
const scriptFolder = /\/(bin|scripts?|hack|ci|deploy|tools)$/;

/** What the files are: scripts and pipelines, files without an ending, modules of Terraform, documents. */
type Kind = 'script' | 'program' | 'module' | 'document';

/** What a text of each kind has to hold; most of Terraform's files have nothing to do with manifests. */
const marks: Readonly<Record<Kind, RegExp>> = {
  script: /./,
  program: /^#!.*sh\b/,
  module: /kubectl|kustomiz/,
  document: /./,
};

/** How many files of each kind are read, and how many characters one may have; scripts that deploy are few and short. */
const limits = { files: 400, characters: 300_000, folders: 5000, depth: 6 };

/** A script or pipeline. */
export interface DeployText {
  /** Absolute path. */
  readonly path: string;
  /** Its whole text. */
  readonly text: string;
}

/** A document with commands that people type. */
export interface DocumentExamples {
  /** Absolute path. */
  readonly path: string;
  readonly examples: readonly string[];
}

/** The texts of a repository that may hold commands that deploy it. */
export interface DeployTexts {
  readonly scripts: readonly DeployText[];
  /** Those with examples. */
  readonly documents: readonly DocumentExamples[];
}

/** Gives the texts of the repository with this top. */
export type ReadDeployTexts = (top: string) => DeployTexts;

/** Reads the texts of each repository once, when somebody first asks for them. */
export function deployTextsReader(sources: Sources): ReadDeployTexts {
  return oncePerText((top) => findDeployScripts(new Repository(top, sources)));
}

/** Reads all files of a repository that may hold commands that deploy it. */
function findDeployScripts(repository: Repository): DeployTexts {
  const scripts: DeployText[] = [];
  const documents: DocumentExamples[] = [];
  const count = { script: 0, program: 0, module: 0, document: 0 };
  for (const { path, kind } of findFiles(repository, repository.top, 0, { left: limits.folders })) {
    const text = count[kind]++ < limits.files ? (repository.read(path)?.text ?? '') : '';
    if (text.length > limits.characters || !marks[kind].test(text)) continue;
    if (kind !== 'document') scripts.push({ path, text });
    else {
      const examples = readExamples(text);
      if (examples.length > 0) documents.push({ path, examples });
    }
  }
  return { scripts, documents };
}

function* findFiles(
  repository: Repository,
  folder: string,
  depth: number,
  budget: { left: number },
): Generator<{ readonly path: string; readonly kind: Kind }> {
  if (depth > limits.depth || budget.left-- <= 0) return;
  const isScripts = scriptFolder.test(folder);
  const isPipelines = pipelineFolder.test(repository.name(folder));
  for (const name of repository.list(folder)) {
    const path = posix.join(folder, name);
    if (scriptName.test(name) || (isPipelines && /\.ya?ml$/.test(name))) yield { path, kind: 'script' };
    else if (isScripts && !name.includes('.') && repository.kindOf(path) === 'file') yield { path, kind: 'program' };
    else if (name.endsWith('.tf')) yield { path, kind: 'module' };
    else if (documentName.test(name)) yield { path, kind: 'document' };
    else if (!neverEntered.test(name) && !/\.\w+$/.test(name.slice(1)) && repository.kindOf(path) === 'directory') {
      yield* findFiles(repository, path, depth + 1, budget);
    }
  }
}
