import { posix } from 'node:path';
import type { Repository } from '../repository.ts';
import { readExamples } from './examples.ts';

const neverEntered =
  /^(\.git|node_modules|vendor|third_party|dist|build|target|coverage|__pycache__|venv|\.venv|testdata|fixtures)$/;

/** Shell and PowerShell scripts, also as templates of Terraform and the like, and the files of make, in any folder. */
const scriptName =
  /\.(sh|bash|zsh|ksh|ps1|mk)(\.(tftpl|tpl|tmpl|j2|in))?$|^(GNU)?[Mm]akefile$|^[Jj]ustfile$|^Taskfile\.ya?ml$|^Jenkinsfile|^Tiltfile$|^(cloudbuild|azure-pipelines?|bitbucket-pipelines|buildspec|skaffold|\.gitlab-ci|\.drone|\.woodpecker)[\w.-]*\.ya?ml$/;

/** Documents, whose examples people type to deploy by hand. */
const documentName = /\.(md|markdown|mdx)$/i;

/** Folders whose YAML files are pipelines, or tasks of Ansible. */
const pipelineFolder =
  /(^|\/)(\.github\/(workflows|actions\/[^/]+)|\.circleci|\.gitlab(\/.+)?|\.buildkite|\.woodpecker|\.?tekton(\/.+)?|(\.azure-pipelines|\.azuredevops|\.azdo|\.pipelines|azure-pipelines)(\/.+)?|cloudbuild|pipelines?|ansible|playbooks?|roles\/[^/]+\/(tasks|handlers))$/;

/** Folders whose files without an extension may be scripts. */
const scriptFolder = /\/(bin|scripts?|hack|ci|deploy|tools)$/;

/** How many files are read, and how many characters one may have; scripts that deploy are few and short. */
const limits = { files: 400, documents: 400, modules: 400, folders: 5000, depth: 6, characters: 200_000 };

/** The texts of a repository that may hold commands that deploy it. */
export interface DeployTexts {
  /** The whole texts of scripts and pipelines. */
  readonly scripts: readonly string[];
  /** The examples in documents. */
  readonly examples: readonly string[];
}

/** Reads all files of a repository that may hold commands that deploy it. */
export function findDeployScripts(repository: Repository): DeployTexts {
  const scripts: string[] = [];
  const examples: string[] = [];
  let folders = 0;
  let documents = 0;
  let modules = 0;
  const enter = (folder: string, depth: number): void => {
    if (depth > limits.depth || ++folders > limits.folders) return;
    const isScripts = scriptFolder.test(folder);
    const isPipelines = pipelineFolder.test(repository.name(folder));
    for (const name of repository.list(folder)) {
      const path = posix.join(folder, name);
      const isNamedAsScript = scriptName.test(name) || (isPipelines && /\.ya?ml$/.test(name));
      if (isNamedAsScript || (isScripts && !name.includes('.') && repository.kindOf(path) === 'file')) {
        const text = scripts.length < limits.files ? repository.read(path)?.text : undefined;
        if (text === undefined || text.length > limits.characters) continue;
        if (isNamedAsScript || /^#!.*sh\b/.test(text)) scripts.push(text);
      } else if (name.endsWith('.tf')) {
        // Most of Terraform's files have nothing to do with manifests.
        const text = ++modules <= limits.modules ? repository.read(path)?.text : undefined;
        if (text !== undefined && text.length <= limits.characters && /kubectl|kustomiz/.test(text)) scripts.push(text);
      } else if (documentName.test(name)) {
        const text = ++documents <= limits.documents ? repository.read(path)?.text : undefined;
        if (text !== undefined && text.length <= limits.characters) examples.push(...readExamples(text));
      } else if (!neverEntered.test(name) && !/\.\w+$/.test(name.slice(1)) && repository.kindOf(path) === 'directory') {
        enter(path, depth + 1);
      }
    }
  };
  enter(repository.top, 0);
  return { scripts, examples };
}
