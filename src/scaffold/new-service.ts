import { didYouMean } from '../text/did-you-mean.ts';
import { UsageError } from '../usage-error.ts';
import type { Pipeline } from './pipeline.ts';
import type { ScaffoldTool } from './scaffold-tool.ts';
import { scaffoldTools } from './tools/index.ts';

/** The environments of a service, with one overlay each. */
export const environments = ['staging', 'production'] as const;
export type Environment = (typeof environments)[number];

/** The input of the templates. */
export interface NewService {
  /** The name of every object; a DNS label. */
  readonly name: string;
  readonly tool: ScaffoldTool;
  /** The image of the service without a tag; the migration's has `-migration` appended. */
  readonly image: string;
  readonly port: number;
  readonly pipeline: Pipeline;
  /** The service's folder relative to the top of the repository: empty, or `services/shop/`. */
  readonly folder: string;
}

/** The placeholder for a registry. */
export const placeholderRegistry = 'registry.example.com';

/** The longest name with which `-migration-v1.2286938253.0` fits into the 63 characters of a Job's name. */
const longestName = 63 - '-migration-v1.2286938253.0'.length;

/** Validates the input from the command line. Throws a UsageError that says what to write instead. */
export function describeService(
  name: string,
  tool: string | undefined,
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

/** Accepts an image repository: an optional host, with or without a port, and a lower-case path, without tag or digest. */
function checkImage(image: string): void {
  const component = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
  if (new RegExp(`^(?:[\\w.-]+(?::\\d+)?/)?${component}(?:/${component})*$`).test(image)) return;
  throw usageError(
    `"${image}" is not an image name: write it in lower case and without a tag, for example ${placeholderRegistry}/shop.`,
  );
}

function findTool(id: string | undefined): ScaffoldTool {
  const found = scaffoldTools.find((each) => each.id === id);
  if (found !== undefined) return found;
  const ids = scaffoldTools.map((each) => each.id);
  if (id === undefined) throw usageError(`Name the migration tool: --tool with one of ${ids.join(', ')}.`);
  throw usageError(`There is no tool "${id}".${didYouMean(id, ids) || ` There are ${ids.join(', ')}.`}`);
}

function usageError(message: string): UsageError {
  return new UsageError(message);
}
