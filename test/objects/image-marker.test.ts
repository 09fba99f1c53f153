import { describe, expect, test } from 'vitest';
import { imageMarkers } from '../../src/objects/image-marker.ts';
import { spanText } from '../../src/objects/place.ts';
import { SourceFile } from '../../src/source/source-file.ts';

describe('image-marker', () => {
  const json = '{"$imagepolicy": "a:b"}';

  test.each([
    ['after a value', `tag: v1 # ${json}`, 'a:b'],
    ['without blanks', 'tag: v1 #{"$imagepolicy":"a:b:tag"}', 'a:b:tag'],
    ['after an item of a list', `- v1 # ${json}`, 'a:b'],
    ['after a key of a list', `- image: v1 ## ${json}  `, 'a:b'],
    ['with another text', 'tag: v1 # {"by": "x", "$imagepolicy": "a:b"}', 'a:b'],
    ['after a value with the sign', `tag: v#1 # ${json}`, 'a:b'],
    ['with something behind it', `tag: v1 # ${json} by Flux`, undefined],
    ['without its end', 'tag: v1 # {"$imagepolicy": "a:b"', undefined],
    ['without braces', 'tag: v1 # "$imagepolicy": "a:b"', undefined],
    ['in single quotes', 'tag: v1 # {\'$imagepolicy\': \'a:b\', "x": ""}', undefined],
    ['without a text', 'tag: v1 # {"$imagepolicy": {"name": "b"}}', undefined],
    ['with a number beside it', 'tag: v1 # {"$imagepolicy": "a:b", "x": 1}', undefined],
    ['as a list', 'tag: v1 # {"$imagepolicy"}', undefined],
    ['under another key', 'tag: v1 # {"$imagepolicyx": "a:b"}', undefined],
  ])('%s', (_, line, setter) => {
    const text = `kind: A\n${line}\nx: 1\n`;
    const [marker, ...more] = imageMarkers(new SourceFile('/a.yaml', text));
    expect(more).toEqual([]);
    expect(marker?.setter).toBe(setter);
    expect(marker && spanText(marker.at)).toBe(line.slice(line.search(/\s#/) + 1).trimEnd());
  });

  test.each(['$imagePolicy', '$ImagePolicy', '$IMAGEPOLICY'])('with capital letters: %s', (key) => {
    const [marker] = imageMarkers(new SourceFile('/a.yaml', `tag: v1 # {"${key}": "a:b"}\n`));
    expect(marker?.otherKey).toBe(key);
  });

  test.each([
    ['a comment of its own', `  # ${json}`],
    ['a comment about it', 'tag: v1 # see $imagepolicy in the docs'],
    ['a comment under a dash', `- # ${json}`],
    ['a value', 'tag: "$imagepolicy"'],
    ['a comment that was commented out', `# tag: v1 # ${json}`],
  ])('not %s', (_, line) => {
    expect(imageMarkers(new SourceFile('/a.yaml', `kind: A\n${line}`))).toEqual([]);
  });

  test('all of a file, also in its last line', () => {
    const found = imageMarkers(new SourceFile('/a.yaml', `a: 1 # ${json}\nb: 2\nc: 3 # {"$imagepolicy": "c:d:tag"}`));
    expect(found.map(({ setter }) => setter)).toEqual(['a:b', 'c:d:tag']);
  });
});
