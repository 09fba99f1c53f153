import type { RuleDescription } from '../lint/rule-description.ts';

/** What the linter reports itself, without a rule over releases; documented and configured like the rules. */
export const engineRules: readonly RuleDescription[] = [
  {
    id: 'build-error',
    severity: 'error',
    category: 'engine',
    docs: {
      summary: 'The tree cannot be built',
      symptom:
        '`kubectl kustomize` and Flux stop with an error (`BuildFailed` on the Flux Kustomization), and nothing of the release is applied.',
      why: 'kustomize refuses the tree as it stands: a file that is not there, broken YAML, a field it does not know, a patch without a target, two objects with one id. A path that leads out of the repository counts too, since nothing is read there. The finding stands on the line that asks for it. The other rules say nothing about a root that does not build, since there is nothing to judge; but where only a part is absent that the rest does not hang on (a file that is not there, such as one with secrets that nobody commits, or one outside of the folder, or a ConfigMap to merge with), they judge the rest, as with `build-incomplete`. And what can mean one thing only, a wrong `apiVersion` or `kind` of the kustomization or an index in brackets (`args.[1]`), they take for that.',
      fix: 'The message says what is wrong and what to write instead. Other errors come one at a time, as in kustomize: mending one may show the next. A file that is made elsewhere, such as a `.env` that Git ignores, has to be there when the tree is linted: let the pipeline write it before (an empty one will do), or make the finding a warning where it stands:\n\n```yaml\noverrides:\n  - paths: [k8s/base]\n    rules: {build-error: warning}\n```',
      fixing: {
        safe: 'yes',
        how: 'Writes what can only be meant: the right `apiVersion` or `kind` of the kustomization, an index without brackets. Safe, since without it nothing is built at all.',
      },
      links: ['https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/'],
      since: '0.1.0',
    },
  },
  {
    id: 'build-incomplete',
    severity: 'warning',
    category: 'engine',
    docs: {
      summary: 'A part of the tree was left out of the build',
      symptom: 'Nothing in the cluster: kustomize does more here than migrate-lint can.',
      why: 'A remote base, a Helm chart or a plugin would have to be fetched or run, and migrate-lint does neither by itself. The rest is built and linted, and rules that look for an object that may be in the missing part are silent.',
      fix: 'Give it what is missing: `--remote-cache DIR` takes remote bases and files from a folder that you filled, and `--enable-helm` renders the charts that are on disk. Where a plugin makes the part, lint the rendered result as well. Where the part is left out on purpose, turn the rule off in `migrate-lint.yaml`:\n\n```yaml\nrules:\n  build-incomplete: off\n```',
      links: [],
      since: '0.1.0',
    },
  },
  {
    id: 'suppression-unused',
    severity: 'warning',
    category: 'engine',
    docs: {
      summary: 'A comment silences a finding that does not exist',
      symptom: 'Nothing in the cluster.',
      why: 'A `# migrate-lint-disable-…` comment names a rule that reports nothing there, or that does not exist. It would hide the next real finding on that line.',
      fix: 'Remove the comment, or correct the name of the rule in it.',
      links: [],
      since: '0.1.0',
    },
  },
];
