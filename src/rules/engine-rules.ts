import type { RuleDescription } from '../lint/rule-description.ts';

/** What the linter itself reports, documented and configured like the rules. */
export const engineRules: readonly RuleDescription[] = [
  {
    id: 'build-error',
    severity: 'error',
    category: 'engine',
    docs: {
      summary: 'The tree cannot be built',
      symptom:
        '`kubectl kustomize` and Flux stop with an error (`BuildFailed` on the Flux Kustomization), and nothing of the release is applied.',
      why: 'kustomize refuses the tree as it is: a missing file, broken YAML, an unknown field, a patch without a target, two objects with the same id. A path that leads out of the repository counts too, since nothing is read there. The finding is on the line that refers to it.\n\nOther rules skip a root that does not build. If only a part is missing that the rest does not depend on, they check the rest, as with `build-incomplete`: a missing file, a file outside the folder, or a ConfigMap to merge with. They also read on where only one thing can be meant: a wrong `apiVersion` or `kind` of the kustomization, an index in brackets (`args.[1]`), or fields of a Flux Kustomization in a kustomization file.',
      fix: 'The message says what is wrong and what to write instead. As in kustomize, other errors come one at a time: fixing one may reveal the next. A file that a pipeline makes must exist when the tree is linted, unless Git ignores it: it is then left out with a warning (`build-incomplete`), except under Flux and Argo CD, which build what is committed. Let the pipeline write it first (an empty one will do), or make the finding a warning:\n\n```yaml\noverrides:\n  - paths: [k8s/base]\n    rules: {build-error: warning}\n```',
      fixing: {
        safe: 'yes',
        how: 'Writes the only thing that can be meant: the right `apiVersion` or `kind` of the kustomization, or an index without brackets. Safe, since nothing is built without it.',
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
      summary: 'Part of the tree was left out of the build',
      symptom:
        'Nothing in the cluster: kustomize can do more here than migrate-lint, or has files that are not committed.',
      why: 'A remote base, a Helm chart or a plugin has to be fetched or run, and migrate-lint does neither by default. A file that Git ignores, such as a `.env` with secrets, is made before `kubectl apply`; if Flux builds the tree from a `GitRepository`, or the settings say `applier: flux` or `applier: argocd`, nothing can make it, and it is a `build-error`. The rest is built and linted. Rules that look for an object stay silent if it may be in the missing part.\n\nAn entry of `resources` or `components` that was meant as two is reported, too: if the second is indented more than the first, YAML reads `../../base - ../../shared`, of which kustomize before 5.8.2 silently builds only the second.',
      fix: 'Provide what is missing: `--remote-cache DIR` reads remote bases and files from a folder that you have filled, and `--enable-helm` renders the charts that are on disk. In the pipeline, write the files that Git ignores before you lint; empty ones will do. If a plugin generates the part, lint the rendered result as well. If the part is left out on purpose, turn the rule off in `migrate-lint.yaml`:\n\n```yaml\nrules:\n  build-incomplete: off\n```',
      links: [],
      since: '0.1.0',
    },
  },
  {
    id: 'suppression-unused',
    severity: 'warning',
    category: 'engine',
    docs: {
      summary: 'A comment suppresses a finding that does not exist',
      symptom: 'Nothing in the cluster.',
      why: 'A `# migrate-lint-disable-…` comment names a rule that reports nothing there or does not exist. It would hide the next real finding on that line.',
      fix: 'Remove the comment, or correct the rule name in it.',
      links: [],
      since: '0.1.0',
    },
  },
];
