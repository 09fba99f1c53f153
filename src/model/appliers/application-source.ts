import type { Resource } from '../../kustomize/resources/resource.ts';
import { parseImage } from '../../objects/image.ts';
import { View } from '../../objects/view.ts';

/** What an Argo CD Application builds. */
export interface ApplicationSource {
  readonly path: string;
  /** Images, without their tags, that it sets: in its `kustomize.images`, or by the Argo CD Image Updater. */
  readonly setImages: readonly string[];
  /** `syncPolicy.automated.selfHeal`. */
  readonly selfHeals: boolean;
}

/** The sources of an Argo CD Application, or of those that an ApplicationSet makes, if they have a path. */
export function readApplicationSources(resource: Resource): ApplicationSource[] {
  if (!resource.apiVersion.startsWith('argoproj.io/')) return [];
  const view = View.ofResource(resource);
  if (resource.kind === 'Application') return readSources(view, (path) => [path]);
  if (resource.kind !== 'ApplicationSet') return [];
  const spec = view.get('spec');
  return readSources(spec.get('template'), (path) => fillPath(path, spec));
}

/** @param fill the paths that a path with the parameters of an ApplicationSet stands for */
function readSources(application: View, fill: (path: string) => readonly string[]): ApplicationSource[] {
  const spec = application.get('spec');
  const sources = [spec.get('source'), ...spec.get('sources').items()];
  const annotations = application.get('metadata', 'annotations');
  const updated = annotations.get('argocd-image-updater.argoproj.io/image-list').text();
  const updatedImages = (updated.value ?? '').split(',').flatMap(imageOfSetting);
  const automated = spec.get('syncPolicy', 'automated');
  const selfHeals =
    automated.get('selfHeal').text().value === 'true' && automated.get('enabled').text().value !== 'false';
  return sources.flatMap((source) => {
    const path = source.get('path').text().value;
    const images = source.get('kustomize', 'images').items();
    const setImages = [...updatedImages, ...images.flatMap((image) => imageOfSetting(image.text().value ?? ''))];
    return path === undefined ? [] : fill(path).map((each) => ({ path: each, setImages, selfHeals }));
  });
}

/**
 * A path in the template of an ApplicationSet, with a `*` for each parameter. One that is nothing but parameters stands
 * for the folders that a Git generator looks for.
 */
function fillPath(path: string, spec: View): string[] {
  const filled = path.replace(/\{\{[^{}]*\}\}/g, '*');
  return /[^*./]/.test(filled) ? [filled] : gitFolders(spec);
}

/** The folders that the Git generators of an ApplicationSet look for, also those within a matrix or merge generator. */
function gitFolders(holder: View): string[] {
  return holder
    .get('generators')
    .items()
    .flatMap((generator) => {
      const folders = generator.get('git', 'directories').items();
      const wanted = folders.filter((folder) => folder.get('exclude').text().value !== 'true');
      const own = wanted.flatMap((folder) => folder.get('path').text().value ?? []);
      return [...own, ...gitFolders(generator.get('matrix')), ...gitFolders(generator.get('merge'))];
    })
    .filter((folder) => /[^*./]/.test(folder));
}

/** The image that `alias=registry/app:1.x` or `registry/app=registry/app:v1` names, without its tag. */
function imageOfSetting(setting: string): string[] {
  return setting.split('=').flatMap((image) => parseImage(image.trim()).repository || []);
}
