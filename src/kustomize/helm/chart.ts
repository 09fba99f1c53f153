import { posix } from 'node:path';
import { getField, type MapNode, type ScalarNode } from '../../source/node.ts';
import { originSpan } from '../../source/origin.ts';
import type { Span } from '../../source/span.ts';
import type { KustomizationFiles } from '../load/kustomization-files.ts';
import { fieldSpan, filledScalar, scalarItems, textField } from '../load/read-field.ts';
import { BuildError } from '../problem.ts';

/**
 * How inline values and the values file are merged: `merge` prefers the file, `override` inline values; `replace` drops
 * the file.
 */
export type ValuesMerge = 'merge' | 'override' | 'replace';

/** An entry of `helmCharts:`, or a HelmChartInflationGenerator: the chart to render, and its settings. */
export class Chart {
  readonly #config: MapNode;
  readonly #files: KustomizationFiles;

  /** @param config `helmGlobals` and `helmCharts` of `kustomization-schema.ts` in one map */
  constructor(config: MapNode, files: KustomizationFiles) {
    this.#config = config;
    this.#files = files;
  }

  get name(): string {
    return this.text('name');
  }

  /** The location of problems with the chart. */
  get at(): Span {
    return fieldSpan(this.#config, 'name');
  }

  get repository(): string {
    return this.text('repo');
  }

  /** Absolute path of the folder that contains the chart's folder; charts of a repository have one for each version. */
  get home(): string {
    const home = this.text('chartHome') || 'charts';
    const absolute = posix.isAbsolute(home) ? posix.normalize(home) : posix.join(this.#files.directory, home);
    const version = this.text('version');
    return version !== '' && this.repository !== '' ? posix.join(absolute, `${this.name}-${version}`) : absolute;
  }

  /** Absolute path of the chart's folder. */
  get directory(): string {
    return posix.join(this.home, this.name);
  }

  get valuesInline(): MapNode | undefined {
    const values = getField(this.#config, 'valuesInline');
    return values?.kind === 'map' && values.entries.length > 0 ? values : undefined;
  }

  /** The values file, and where it is configured. */
  get valuesFile(): { readonly path: string; readonly at: Span } {
    const file = this.scalar('valuesFile');
    if (file === undefined) return { path: posix.join(this.directory, 'values.yaml'), at: this.at };
    return { path: file.value, at: originSpan(file.origin) };
  }

  get valuesMerge(): ValuesMerge {
    const merge = this.scalar('valuesMerge');
    switch (merge?.value) {
      case undefined:
        return 'override';
      case 'merge':
      case 'override':
      case 'replace':
        return merge.value;
      default:
        throw new BuildError(
          `\`valuesMerge\` must be merge, override or replace, but it is ${merge?.value}`,
          originSpan((merge ?? this.#config).origin),
        );
    }
  }

  /** A string field; empty if it is absent. */
  text(field: string): string {
    return textField(this.#config, field);
  }

  isOn(field: string): boolean {
    return this.text(field) === 'true';
  }

  /** A string field that is set and not empty. */
  scalar(field: string): ScalarNode | undefined {
    return filledScalar(this.#config, field);
  }

  strings(field: string): ScalarNode[] {
    return scalarItems(this.#config, field);
  }
}
