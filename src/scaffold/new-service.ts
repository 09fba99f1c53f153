import { didYouMean } from '../config/did-you-mean.ts';
import { UsageError } from '../config/usage-error.ts';
import type { Pipeline } from './pipeline.ts';
import type { ScaffoldTool } from './scaffold-tool.ts';
import { scaffoldTools } from './tools/index.ts';

/** The places that a service is released to: one overlay each. */
export const environments = ['staging', 'production'] as const;
export type Environment = (typeof environments)[number];

/** All that the templates need to know. */
export interface NewService {
  /** Names every object; a DNS label. */
  readonly name: string;
  readonly tool: ScaffoldTool;
  /** The image of the service without a tag; that of the migration is the same with `-migration` behind it. */
  readonly image: string;
  readonly port: number;
  readonly pipeline: Pipeline;
  /** From the top of the repository to the service's folder: empty, or `services/shop/`. */
  readonly folder: string;
}

/** What stands in the place of a registry until somebody says which. */
export const placeholderRegistry = 'registry.example.com';

/** The longest name that leaves room in a Job's 63 characters for `-migration-v1.2286938253.0`. */
const longestName = 63 - '-migration-v1.2286938253.0'.length;

/** Checks what the command line gives. Throws a UsageError with what to write instead. */
export function describeService(
  name: string,
  tool: string,
  options: { readonly image?: string; readonly port?: number; readonly ci?: Pipeline; readonly folder?: string },
): NewService {
  checkName(name);
  const image = options.image ?? `${placeholderRegistry}/${name}`;
  checkImage(image);
  return {
    name,
    tool: findTool(tool),
    image,
    port: options.port ?? 8080,
    pipeline: options.ci ?? 'none',
    folder: options.folder ?? '',
  };
}

function checkName(name: string): void {
  if (!/^[a-z]([a-z0-9-]*[a-z0-9])?$/.test(name)) {
    throw usageError(
      `"${name}" is not a valid object name: use lower-case letters, digits and dashes; start with a letter, and end with a letter or digit.`,
    );
  }
  if (name.length > longestName) {
    throw usageError(
      `"${name}" has ${name.length} characters; use at most ${longestName}, so that the migration Job's name with its version stays within 63.`,
    );
  }
}

/** A repository as registries have it: host with or without a port, lower-case path, neither tag nor digest. */
function checkImage(image: string): void {
  const component = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
  if (new RegExp(`^(?:[\\w.-]+(?::\\d+)?/)?${component}(?:/${component})*$`).test(image)) return;
  throw usageError(
    `"${image}" is not an image name: write it in lower case and without a tag, for example ${placeholderRegistry}/shop.`,
  );
}

function findTool(id: string): ScaffoldTool {
  const found = scaffoldTools.find((each) => each.id === id);
  if (found !== undefined) return found;
  const ids = scaffoldTools.map((each) => each.id);
  throw usageError(`There is no tool "${id}".${didYouMean(id, ids) || ` There are ${ids.join(', ')}.`}`);
}

function usageError(message: string): UsageError {
  return new UsageError(message);
}
