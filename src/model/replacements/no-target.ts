import { setField } from '../../findings/field-change.ts';
import type { Change, Fix } from '../../findings/fix.ts';
import { allNames, type KubernetesObject, originalName, pointAtName } from '../../objects/kubernetes-object.ts';
import { firstText, firstWritten, type Place } from '../../objects/place.ts';
import { exchangeVariables } from '../../objects/symbolic.ts';
import type { Present } from '../../objects/view.ts';
import type { Related } from '../../source/related.ts';
import { isNear } from '../../text/is-near.ts';
import { linearPattern } from '../../text/linear-pattern.ts';
import { listNames } from '../../text/list-names.ts';
import type { RootModel } from '../root-model.ts';
import { regexCharacter } from './dialect-selection.ts';
import type { ReplacementTarget } from './replacement-target.ts';

/** Why a replacement's target selects nothing. */
export interface NoTarget {
  readonly at: Place;
  /** Ends the sentence about what the target asks for; may be empty. */
  readonly clause: string;
  readonly related: readonly Related[];
  readonly hint: string;
  /** Selects the object that was probably meant. */
  readonly fix?: Fix | undefined;
  /** Whether an object was found that was probably meant. */
  readonly meant: boolean;
}

/** Finds what a target would select under the other kustomize version, or without a typo. */
export function explainNoTarget(model: RootModel, target: ReplacementTarget): NoTarget {
  const name = target.select.get('name');
  const kind = target.select.get('kind')?.value;
  const ofKind = model.listed.filter((object) => kind === undefined || object.kind === kind);
  if (name === undefined) {
    const hint = target.rejects
      ? 'Correct `select` or `reject`, or remove the target.'
      : 'Correct `select`, or remove the target.';
    return { at: (target.select.get('kind') ?? target).place, clause: '', related: [], hint, meant: false };
  }
  for (const { clause, finds, hint } of waysToMiss(model, name.value)) {
    const object = ofKind.find((candidate) => allNames(candidate).some(finds));
    if (object)
      return {
        at: name.place,
        clause: clause(object),
        related: [pointAtName(object)],
        hint: hint(object),
        meant: true,
        fix: selectObject(name, object),
      };
  }
  const misnamed = kind === undefined ? undefined : findMisnamed(model, kind, name.value);
  if (kind !== undefined && misnamed !== undefined) {
    const written = originalName(misnamed);
    const clause = `; did you mean ${misnamed.kind} \`${written}\`?`;
    const hint = `Write \`kind: ${kind}\` in the file of that object.`;
    return { at: name.place, clause, related: [pointAtName(misnamed)], hint, meant: true };
  }
  const list = listNames(ofKind.map((object) => object.name.value ?? ''));
  return {
    at: name.place,
    clause: kind === undefined || list === '' ? '' : `; its ${kind}s are ${list}`,
    related: [],
    hint: 'Select an object by the name that its own file gives it, or remove this target.',
    meant: false,
  };
}

/** The object of this name whose kind is misspelt: `Deploymnet`. */
function findMisnamed({ listed }: RootModel, kind: string, name: string): KubernetesObject | undefined {
  return listed.find((object) => isNear(kind, object.kind, 5) && allNames(object).includes(name));
}

/** Selects an object by the name in its file, with a placeholder instead of a variable. */
function selectObject(select: Present<string>, { name }: KubernetesObject): Fix | undefined {
  const written = firstText(name.place);
  const plain = exchangeVariables(written, () => 'TAG');
  if (/[^\w.-]/.test(plain) || name.place.steps[0]?.by !== 'written') return undefined;
  const renamed: Change[] =
    plain === written ? [] : [{ kind: 'set', at: firstWritten(name.place), from: written, to: plain }];
  const chosen: Change[] = plain === select.value ? [] : [setField(select, plain)];
  return { title: `Select \`${plain}\``, safe: false, renames: true, changes: [...renamed, ...chosen] };
}

interface WayToMiss {
  readonly finds: (name: string) => boolean;
  readonly clause: (object: KubernetesObject) => string;
  readonly hint: (object: KubernetesObject) => string;
}

function waysToMiss({ dialect }: RootModel, wanted: string): WayToMiss[] {
  const pattern = dialect === '5.7' ? linearPattern(`^(?:${wanted})$`) : undefined;
  const plain = (object: KubernetesObject): string => {
    const name = exchangeVariables(originalName(object), () => 'TAG');
    const example = /[^\w.-]/.test(name) ? '' : `, such as \`${name}\`,`;
    return `Use a placeholder without regular expression characters${example} in the object's name and here.`;
  };
  return [
    {
      finds: (name) => dialect !== '5.7' && name === wanted,
      clause: () =>
        `: kustomize 5.8 takes it as a regular expression, in which \`${regexCharacter.exec(wanted)?.[0] ?? '$'}\` ${wanted.includes('$') ? 'is an anchor' : 'has a special meaning'}, while 5.7 would select exactly this name`,
      hint: plain,
    },
    {
      finds: (name) => pattern?.test(name) === true,
      clause: () => ': kustomize 5.7 compares names as exact text, while 5.8 would take it as a regular expression',
      hint: plain,
    },
    {
      finds: (name) => isNear(wanted, name, 5, 2),
      clause: (object) => `; did you mean \`${originalName(object)}\`?`,
      hint: (object) => `Write the name that its file gives it: \`${originalName(object)}\`.`,
    },
  ];
}
