import type { CiJob } from '../pipelines/ci-job.ts';
import { expand, type Variables } from '../pipelines/variables.ts';
import type { ImageBuild } from './image-builds.ts';

/** The default rules of `docker/metadata-action`, which depend on the event. */
const defaultRules = ['type=schedule', 'type=ref,event=branch', 'type=ref,event=tag', 'type=ref,event=pr'];

/** The images in the outputs of a `docker/metadata-action` step: each image with each rule for a tag. */
export function metadataTags(
  id: string,
  job: CiJob,
  variables: Variables,
): Pick<ImageBuild, 'image' | 'repository' | 'tag'>[] {
  const step = job.actions.find((each) => each.action === 'docker/metadata-action' && each.id === id);
  if (step === undefined) return [];
  const lines = (name: string): string[] =>
    (step.inputs.get(name)?.value ?? '')
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '' && !line.startsWith('#'));
  const rules = lines('tags').length === 0 ? defaultRules : lines('tags');
  return lines('images').flatMap((line) => {
    const [image = ''] = line.replace(/^name=/, '').split(',');
    return rules.map((rule) => ({ image, repository: expand(image, variables), tag: writeRule(rule, variables) }));
  });
}

/** A rule in a uniform format; a bare `v1` is short for `type=raw,value=v1`. */
function writeRule(rule: string, variables: Variables): string {
  const text = expand(rule, variables).replace(/\s/g, '');
  return text.startsWith('type=') ? text : `type=raw,value=${text}`;
}
