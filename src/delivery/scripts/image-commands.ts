import type { Words } from '../../shell/words.ts';
import { baseName } from '../../text/base-name.ts';

/** `kustomize edit set image NAME=NEW:TAG NEW:TAG …`. */
export function taggedImages(words: Words): string[] {
  const start = words.findIndex((word, index) => word === 'set' && words[index + 1] === 'image');
  if (start < 1 || words[start - 1] !== 'edit') return [];
  return operands(words.slice(start + 2)).flatMap((operand) => operand.split('='));
}

/** `kind load docker-image IMAGE …`, `minikube image load IMAGE`, `k3d image import IMAGE …`. */
export function loadedImages(words: Words): string[] {
  const start = words.findIndex((word) => /^(kind|minikube|k3d)$/.test(baseName(word)));
  const [verb, object] = start < 0 ? [] : words.slice(start + 1);
  return /^(load docker-image|image load|image import)$/.test(`${verb} ${object}`)
    ? operands(words.slice(start + 3))
    : [];
}

/** `docker_build('NAME', …)` of a Tiltfile, and extensions with similar names. */
export function tiltImages(text: string): string[] {
  const builds = /^[ \t]*(?:docker_build\w*|custom_build\w*)\(\s*(?:ref\s*=\s*)?(["'])([^"']+)\1/gm;
  return [...text.matchAll(builds)].map(([, , name = '']) => name);
}

function operands(words: Words): string[] {
  return words.filter((word) => !word.startsWith('-'));
}
