import { describe, expect, test } from 'vitest';
import { commentsOf, mentionsForce } from '../../../src/model/scripts/file-comments.ts';
import { SourceFile } from '../../../src/source/source-file.ts';

function fileOf(text: string): SourceFile {
  return new SourceFile('/repo/job.yaml', text);
}

describe('file-comments', () => {
  test.each([
    ['kind: Job\n', ''],
    ['# one\nkind: Job\n  # two\n', ' one\n two'],
    ['\t## heading ##\n#\n', ' heading ##\n'],
    ['kind: Job # of the service\n', ''],
    ['name: a#b\n', ''],
    ['#a\n# b', 'a\n b'],
  ])('the comments of %j', (text, comments) => expect(commentsOf(fileOf(text))).toBe(comments));

  test.each([
    ['# The Flux Kustomization has force: true.\n', true],
    ['# spec.force:   true\n', true],
    ['# Force:true\n', true],
    ['  # force: true\nkind: Job\n', true],
    ['force: true\n', false],
    ['kind: Job # force: true\n', false],
    ['# force: trueish\n', false],
    ['# enforce: true\n', false],
    ['# force: false\n', false],
    ['# force\n# : true\n', false],
  ])('force in %j', (text, expected) => expect(mentionsForce(fileOf(text))).toBe(expected));
});
