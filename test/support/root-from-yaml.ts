import type { BuiltRoot } from '../../src/kustomize/built-root.ts';
import { Resource } from '../../src/kustomize/resources/resource.ts';
import type { ModelSettings } from '../../src/model/model-root.ts';
import { modelRoots } from '../../src/model/model-roots.ts';
import type { RootModel } from '../../src/model/root-model.ts';
import { readYaml } from '../../src/source/read.ts';
import { SourceFile } from '../../src/source/source-file.ts';
import { firstOf } from './first-of.ts';

/** A root as if these manifests had been built, without any step that changes them. */
export function rootFromYaml(text: string, path = '/tree'): BuiltRoot {
  const file = new SourceFile(`${path}/manifests.yaml`, text);
  const { documents, problems } = readYaml(file);
  if (problems.length > 0) throw new Error(problems.map(({ message }) => message).join('\n'));
  const resources = documents.flatMap(({ root }) => (root?.kind === 'map' ? [new Resource(root)] : []));
  return {
    path,
    kustomization: file,
    resources,
    listed: resources,
    order: undefined,
    problems: [],
    unnamed: [],
    files: [file],
    replacements: [],
    entries: [],
    overridden: [],
  };
}

/** The model of such a root. */
export function modelFromYaml(text: string, settings: Partial<ModelSettings> = {}): RootModel {
  const model = firstOf(modelRoots([rootFromYaml(text)], { dialect: '5.8', ...settings }));
  return model;
}
