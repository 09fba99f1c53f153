// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the docs speak of variables as users write them.

import type { NamedUse } from '../flux/substitution/substitution-outcome.ts';
import { substituteKey } from '../flux/substitution/substitution-outcome.ts';
import type { Report, Rule } from '../lint/rule.ts';
import {
  type EmptiedScript,
  type EmptiedUses,
  findEmptiedScripts,
  findEmptiedUses,
} from '../model/commands/emptied-use.ts';
import { readEnvironment } from '../model/environment/environment.ts';
import { concernedContainers, releaseWorkloads } from '../model/releases/dependents.ts';
import { findLeftPlaceholders, type LeftPlaceholder } from '../model/replacements/left-placeholder.ts';
import {
  findEmptiedVariable,
  findLeftExpression,
  findLeftVariable,
  type VersionField,
  versionFields,
} from '../model/replacements/version-field.ts';
import type { RootModel } from '../model/root-model.ts';
import { isTaggedElsewhere, isWrittenByScript } from '../model/scripts/scripted-value.ts';
import { describeContainer } from '../objects/describe-container.ts';
import { describeObject, referTo } from '../objects/kubernetes-object.ts';
import { firstText, historyOf, joinRelated, placeOfPart } from '../objects/place.ts';
import type { LeftVariable } from '../objects/symbolic.ts';
import { allContainers, type Container, type Workload } from '../objects/workload.ts';
import { joinWords } from '../text/join-words.ts';

/** A placeholder that is left after the build. */
export const variableUnresolved: Rule = {
  id: 'variable-unresolved',
  severity: 'warning',
  category: 'tree',
  docs: {
    summary: 'A `${…}` or a word such as `TAG` is left after the build, and nothing in the tree fills it',
    symptom:
      'The apply is refused with `metadata.name: Invalid value: "myapp-migration-${IMAGE_TAG}"`, pods stay in `InvalidImageName`, or an init container waits for a Job whose name has a `$` in it.',
    why: "kustomize does not fill `${IMAGE_TAG}`: to kustomize it is plain text. A replacement fills it if its target selects the object and names the field. Flux fills it if `postBuild` of the Flux Kustomization has the variable.\n\nThe rule looks at names, images and what waiters wait for in a release, after the build. It reports a variable if the given tree has neither and no script of the repository runs `envsubst`, and an expression such as `${{ github.sha }}`, which GitHub fills only in workflow files. It reports a word such as `TAG` in an image if the build fills the same word in other fields of the release and misses this one. The finding is an error if the object would be refused as it is, such as a Job's name that kubectl or Argo CD sends to the cluster unchanged.\n\nFlux also replaces the `${…}` of a shell script in `command` or `args`, or in a ConfigMap that a container mounts, before the shell sees it: one that only the container knows becomes empty.",
    fix: 'Fill it with a replacement (`delimiter` and `index` choose the part), with `images:` and `newTag` if the file names the image without a tag (kustomize finds no image with a `$` in it), or with Flux:\n\n```yaml\nspec:\n  postBuild:\n    substituteFrom:\n      - kind: ConfigMap\n        name: deployment-variables\n```',
    links: ['https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution'],
    since: '0.1.0',
  },
  check(model, report) {
    for (const field of versionFields(model)) {
      const emptied = findEmptiedVariable(model, field);
      if (emptied !== undefined) reportEmptiedField(field, emptied, report);
      const left = findLeftVariable(model, field);
      if (left !== undefined) reportLeft(model, field, left.text, fixFor(model, field, left), report);
      const expression = findLeftExpression(model, field);
      if (expression !== undefined) reportLeft(model, field, expression, fixForExpression(field, expression), report);
    }
    const waiting = new Set(model.waiters.map(({ container }) => container));
    for (const workload of releaseWorkloads(model)) {
      for (const container of allContainers(workload.pod)) {
        if (waiting.has(container)) continue;
        for (const emptied of findEmptiedUses(model, container)) {
          reportEmptied(model, workload, container, emptied, report);
        }
      }
    }
    for (const script of mountedScripts(model)) reportScript(script, report);
    for (const left of findLeftPlaceholders(model)) reportPlaceholder(model, left, report);
  },
};

/** @param hint how to fill what is left */
function reportLeft(model: RootModel, versionField: VersionField, left: string, hint: string, report: Report): void {
  const { object, field, part } = versionField;
  const place = placeOfPart(field.place, left);
  report({
    message: `${describeObject(object)} still has \`${left}\` in its ${describePart(versionField)} after the build, and nothing in this tree fills it: ${consequence(model, part)}.`,
    at: place.at,
    related: historyOf(place, part),
    object: referTo(object),
    field: field.path,
    hint,
    reasons: [`applied by ${model.applier.kind}: ${model.applier.why}`],
    severity: part === 'name' && isSentUnchanged(model) ? 'error' : undefined,
  });
}

function reportPlaceholder(model: RootModel, left: LeftPlaceholder, report: Report): void {
  const { workload, image, word, filled } = left;
  if (isTaggedElsewhere(model, workload, image) || isWrittenByScript(model, word, image.place)) return;
  const place = placeOfPart(image.place, word);
  const [here, there] = [describeObject(workload.object), describeObject(filled.workload.object)];
  report({
    message: `${here} still has \`${word}\` in its image \`${image.value ?? ''}\` after the build, although the build fills it in ${filled.workload === workload ? 'other fields' : there}: its pods stay in \`ImagePullBackOff\`${unlessFilledLater(model)}.`,
    at: place.at,
    related: joinRelated(
      [{ at: filled.by.at, note: `\`${word}\` filled here in ${there}` }],
      historyOf(place, 'image'),
    ),
    object: referTo(workload.object),
    field: image.path,
    hint:
      filled.by.by === 'replacement'
        ? `Let that replacement write to \`${toFieldPath(image.path)}\` of this object as well.`
        : 'Name this image under `images:` as well.',
    severity: isSentUnchanged(model) ? 'error' : undefined,
  });
}

/** Suggests the source of the version that the tree already has, since a second one would drift from it. */
function fixFor(model: RootModel, versionField: VersionField, { text, name }: LeftVariable): string {
  const { part } = versionField;
  const { path, value = '' } = versionField.field;
  const field = `\`${toFieldPath(path)}\``;
  const withFlux = 'with `postBuild` of the Flux Kustomization that applies this tree.';
  if (part !== 'image' || !value.endsWith(`:${text}`)) {
    return `Fill it with a replacement${part === 'image' ? '' : ` that reaches ${field}`}, or ${withFlux}`;
  }
  const options = `\`options: {delimiter: ':', index: ${value.slice(0, -text.length).split(':').length - 1}}\``;
  const isFilled = model.replacementWrites.some(({ before }) => before.some((written) => written.text.includes(text)));
  if (isFilled) {
    return `Let the replacement that fills \`${text}\` in other fields write to ${field} as well, with ${options}; or fill it ${withFlux}`;
  }
  const holder = model.config.find(({ kind, keys }) => kind === 'ConfigMap' && keys.has(name));
  if (holder !== undefined) {
    return `Fill it with a replacement from \`data.${name}\` of ConfigMap \`${firstText(holder.object.name.place)}\` to ${field}, with ${options}; or ${withFlux}`;
  }
  return `Leave the tag out here, since \`images:\` finds no image with a \`$\` in it, and set it there with \`newTag\`; or fill it with a replacement, or ${withFlux}`;
}

/** GitHub Actions fills its expressions only in its own files. */
function fixForExpression({ part, field }: VersionField, expression: string): string {
  const only = 'GitHub fills expressions only in workflow files';
  return part === 'image' && field.value?.endsWith(`:${expression}`)
    ? `${only}: leave the tag out here, and let the workflow set it with \`kustomize edit set image\`.`
    : `${only}: write a word such as \`TAG\` here, and let the workflow write the value in its place, or fill it with a replacement.`;
}

/** The path as a replacement writes it: `containers.0.image`. */
function toFieldPath(path: string): string {
  return path.replaceAll(/\[(\d+)\]/g, '.$1');
}

/** Reports a variable that Flux replaced with an empty text. */
function reportEmptiedField({ object, field, part }: VersionField, emptied: NamedUse, report: Report): void {
  report({
    message: `${describeObject(object)} uses the variable \`${emptied.name}\` in its ${part === 'argument' ? "waiter's argument" : part}, but nothing in this tree sets it: Flux before 2.9 replaces it with nothing, which leaves \`${field.value ?? ''}\`, and newer versions refuse the whole Kustomization.`,
    at: emptied.at,
    related: [],
    object: referTo(object),
    field: field.path,
    hint: `Set \`${emptied.name}\` under \`postBuild.substitute\` of the Flux Kustomization, or in what \`postBuild.substituteFrom\` names.`,
  });
}

/** Reports variables of a command or setting that Flux replaced with nothing before the container could fill them. */
function reportEmptied(
  { config }: RootModel,
  workload: Workload,
  container: Container,
  { uses, field, variable }: EmptiedUses,
  report: Report,
): void {
  const [first] = uses;
  if (first === undefined) return;
  const names = [...new Set(uses.map(({ name }) => name))];
  const texts = joinWords(names.map((name) => `\`\${${name}}\``));
  const { object } = workload;
  const { variables } = readEnvironment(container, workload, config);
  const isOwn = variable === undefined && names.some((name) => variables.has(name));
  const where = variable === undefined ? 'in its command' : `in its variable \`${variable}\``;
  const it = names.length === 1 ? 'it' : 'them';
  report({
    message: `${describeContainer(container, object)} has ${texts} ${where}, which nothing in this tree sets for Flux: Flux before 2.9 replaces ${it} with nothing${variable === undefined ? ', before the container could fill in its own variables' : ''}, and newer versions refuse the whole Kustomization.`,
    at: first.at,
    related: [],
    object: referTo(object),
    field: field.path,
    hint:
      variable === undefined
        ? `Write \`$\${${first.name}}\`, of which Flux leaves \`\${${first.name}}\` for the shell, or \`$${first.name}\` without braces, which it does not touch.`
        : `Set \`${first.name}\` under \`postBuild.substitute\` of the Flux Kustomization, or write \`$(${first.name})\` for another variable of the container.`,
    severity: isOwn ? 'error' : undefined,
  });
}

/** The scripts with emptied variables that containers of a release mount, each once. */
function mountedScripts(model: RootModel): EmptiedScript[] {
  const found = concernedContainers(model).flatMap((each) => findEmptiedScripts(model, each));
  return [...new Map(found.map((script) => [`${script.config.name}/${script.key}`, script])).values()];
}

/** Reports a script that Flux changes before the shell sees it. */
function reportScript({ uses, config: { object }, key }: EmptiedScript, report: Report): void {
  const [first] = uses;
  if (first === undefined) return;
  const names = [...new Set(uses.map(({ name }) => name))];
  const it = names.length === 1 ? 'it' : 'them';
  report({
    message: `Script \`${key}\` of ${describeObject(object)} has ${joinWords(names.map((name) => `\`\${${name}}\``))}, which nothing in this tree sets for Flux: Flux before 2.9 replaces ${it} with nothing, and the script runs without ${it}; newer versions refuse the whole Kustomization.`,
    at: first.at,
    related: [],
    object: referTo(object),
    field: `data["${key}"]`,
    hint: `Write \`$${first.name}\` without braces, which Flux does not touch, or annotate the ConfigMap with \`${substituteKey}: disabled\`.`,
    severity: 'error',
  });
}

/** The message has already named the object. */
function describePart({ part, field }: VersionField): string {
  return part === 'name' ? part : `${part === 'argument' ? "waiter's argument" : part} \`${field.value ?? ''}\``;
}

function consequence(model: RootModel, part: VersionField['part']): string {
  const unless = unlessFilledLater(model);
  switch (part) {
    case 'name':
      return `the cluster refuses such a name${unless}`;
    case 'image':
      return `its pods stay in \`InvalidImageName\`${unless}`;
    case 'argument':
      return `its pods wait for a Job that cannot exist${unless}`;
  }
}

function unlessFilledLater(model: RootModel): string {
  return isSentUnchanged(model) ? '' : ' unless something fills it later';
}

/** Whether the build goes to the cluster as it is. Flux fills variables only with a `postBuild`. */
function isSentUnchanged({ applier }: RootModel): boolean {
  if (applier.kind === 'kubectl' || applier.kind === 'argocd') return true;
  return applier.kind === 'flux' && applier.flux.length > 0;
}
