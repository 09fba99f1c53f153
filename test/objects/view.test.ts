import { describe, expect, test } from 'vitest';
import { spanText } from '../../src/objects/place.ts';
import { View } from '../../src/objects/view.ts';
import { firstOf } from '../support/first-of.ts';
import { rootFromYaml } from '../support/root-from-yaml.ts';

function readView(): View {
  const resource = firstOf(
    rootFromYaml(`apiVersion: v1
kind: Odd
metadata:
  name: x
  annotations: {example.com/a: b}
spec:
  list: [{name: first, value: 1}, two, {value: 3}]
  nothing: null
  number: "0x10"
  blank: " "
  on: true
  off: false
  items: [null, {value: null}]
`).resources,
  );
  return View.ofResource(resource);
}

describe('view', () => {
  test.each([
    [['spec', 'number'], 'spec.number', '"0x10"', []],
    [['spec', 'list'], 'spec.list', 'list', []],
    [['spec', 'nothing'], 'spec.nothing', 'nothing', []],
    [['spec', 'nothing', 'more'], 'spec.nothing.more', 'nothing', ['more']],
    [['spec', 'gone', 'far'], 'spec.gone.far', 'spec', ['gone', 'far']],
    [['status', 'gone'], 'status.gone', 'Odd', ['status', 'gone']],
    [['metadata', 'annotations', 'example.com/a'], 'metadata.annotations["example.com/a"]', 'b', []],
    [['metadata', 'name', 'x'], 'metadata.name.x', 'name', ['x']],
  ])('%j', (keys, path, place, missing) => {
    const field = readView()
      .get(...keys)
      .text();
    expect([field.path, spanText(field.place.at), field.missing]).toEqual([path, place, missing]);
  });

  test('items, entries and their places', () => {
    const view = readView();
    const items = view.get('spec', 'list').items();
    expect(items.map(({ path }) => path)).toEqual(['spec.list[0]', 'spec.list[1]', 'spec.list[2]']);
    expect(items.map(({ place }) => spanText(place.at))).toEqual(['first', 'two', 'list']);
    expect(items[0]?.get('value').path).toBe('spec.list[0].value');
    expect(view.get('spec').items()).toEqual([]);
    expect(view.get('spec', 'list').entries()).toEqual([]);
    expect(
      view
        .get('metadata')
        .entries()
        .map(([key]) => key),
    ).toEqual(['name', 'annotations']);
    expect(
      view
        .get('spec', 'list')
        .texts()
        .map(({ value }) => value),
    ).toEqual(['two']);
    expect([...view.get('spec').textMap().keys()]).toEqual(['number', 'blank', 'on', 'off']);
  });

  test('nothing is missing of an item that is there, and one of nothing has a place', () => {
    const spec = readView().get('spec');
    expect(
      spec
        .get('list')
        .items()
        .map(({ missing }) => missing),
    ).toEqual([[], [], []]);
    const [nothing, empty] = spec.get('items').items();
    expect(nothing && [nothing.exists, spanText(nothing.place.at), nothing.missing]).toEqual([false, 'null', []]);
    expect(empty && [empty.exists, spanText(empty.place.at)]).toEqual([true, 'items']);
  });

  test('numbers and booleans', () => {
    const view = readView();
    expect(['on', 'off', 'blank'].map((key) => view.get('spec', key).boolean().value)).toEqual([
      true,
      false,
      undefined,
    ]);
    expect(view.get('spec', 'number').number().value).toBe(16);
    expect(view.get('spec', 'blank').number().value).toBeUndefined();
    expect(view.get('spec', 'list').number().value).toBeUndefined();
    expect(view.get('spec', 'number').boolean().value).toBeUndefined();
    expect(view.get('spec', 'nothing').exists).toBe(false);
    expect(view.path).toBe('');
  });
});
