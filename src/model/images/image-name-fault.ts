import { isPlaceholderImage, parseImage } from '../../objects/image.ts';

/** What is wrong with the name of an image. */
export interface ImageNameFault {
  /** A clause that follows the image. */
  readonly what: string;
  /** The state that its pods stay in. */
  readonly state: 'InvalidImageName' | 'ImagePullBackOff';
  /** The image as it was probably meant. */
  readonly meant: string;
}

/**
 * Checks the name of an image as the kubelet reads it: https://github.com/distribution/reference/blob/main/normalize.go.
 * Placeholders, and names with characters that only templates have, are not judged.
 */
export function judgeImageName(image: string): ImageNameFault | undefined {
  if (!/^[\w./:@-]+$/.test(image)) return undefined;
  const scheme = /^[a-z]+:\/\//i.exec(image)?.[0];
  if (scheme !== undefined) {
    return { what: `which starts with \`${scheme}\``, state: 'InvalidImageName', meant: image.slice(scheme.length) };
  }
  const digest = /^([^@]+?)[:/](sha256:[0-9a-f]{64})$/.exec(image);
  if (digest?.[1] !== undefined && digest[2] !== undefined) {
    return {
      what: 'which has no `@` before its digest',
      state: image.includes('/sha256:') ? 'ImagePullBackOff' : 'InvalidImageName',
      meant: `${digest[1]}@${digest[2]}`,
    };
  }
  return judgeCapitals(image);
}

/** Only the host of a registry may have capitals. Of a name such as `AcmeShop/app` the first part is read as a host. */
function judgeCapitals(image: string): ImageNameFault | undefined {
  const { repository } = parseImage(image);
  const parts = repository.split('/');
  const [first = ''] = parts;
  const isHost = parts.length > 1 && (/[.:]/.test(first) || /[A-Z]/.test(first));
  const path = isHost ? parts.slice(1) : parts;
  if (isPlaceholderImage(image) || parts.some((part) => samplePart.test(part))) return undefined;
  const meant = `${repository.toLowerCase()}${image.slice(repository.length)}`;
  const capital = path.find((part) => /[A-Z]/.test(part));
  if (capital !== undefined)
    return { what: `whose name has capitals in \`${capital}\``, state: 'InvalidImageName', meant };
  if (!isHost || /[.:]/.test(first)) return undefined;
  return {
    what: `of which \`${first}\`, with a capital, is read as the host of a registry`,
    state: 'ImagePullBackOff',
    meant,
  };
}

/** A part that stands for another: `YourOrg`, `myUsername`, `replace-me`. */
const samplePart = /^(?:[Yy]our|[Mm]y|[Ss]ome|[Ee]xample|[Rr]eplace|[Cc]hange|[Ii]nsert)(?:[A-Z_-]|$)/;
