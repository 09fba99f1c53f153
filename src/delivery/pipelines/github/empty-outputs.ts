import { getField, getPath, getText, type MapNode, type Node } from '../../../source/node.ts';
import { joinWords } from '../../../text/join-words.ts';
import type { EmptyOutput } from '../ci-job.ts';
import { needsOf } from './needs.ts';

/**
 * Explains why GitHub fills nothing in for an output that a job uses, `needs.version.outputs.tag` or
 * `steps.meta.outputs.tag`; undefined if it may have a value.
 */
export function findEmptyOutput(output: string, job: MapNode, workflow: MapNode): EmptyOutput | undefined {
  const [, step] = /^steps\.([\w-]+)\.outputs\.[\w-]+$/.exec(output) ?? [];
  if (step !== undefined) return explainStep(step, 'this job', job);
  const [, name = '', wanted = ''] = /^needs\.([\w-]+)\.outputs\.([\w-]+)$/.exec(output) ?? [];
  const needed = getPath(workflow, ['jobs', name]);
  // A workflow that is called has its outputs elsewhere.
  if (needed?.kind !== 'map' || getField(needed, 'uses') !== undefined) return undefined;
  if (!needsOf(job).includes(name)) {
    return { reason: `this job does not list \`${name}\` under \`needs\``, hint: `Add \`${name}\` to \`needs\`.` };
  }
  return explainOutput(name, wanted, needed);
}

function explainOutput(job: string, output: string, node: MapNode): EmptyOutput | undefined {
  const outputs = getField(node, 'outputs');
  const given = outputs?.kind === 'map' ? getText(outputs, [output]) : undefined;
  if (given === undefined) {
    const isKnown = outputs === undefined || outputs.kind === 'map';
    return isKnown
      ? { reason: `job \`${job}\` has no output \`${output}\``, hint: `Add it to \`outputs\` of job \`${job}\`.` }
      : undefined;
  }
  const step = /^\$\{\{\s*steps\.([\w-]+)\.outputs\.[\w-]+\s*\}\}$/.exec(given)?.[1];
  return step === undefined ? undefined : explainStep(step, `job \`${job}\``, node);
}

function explainStep(step: string, where: string, job: MapNode): EmptyOutput | undefined {
  const ids = idsOf(getField(job, 'steps'));
  if (ids === undefined || ids.includes(step)) return undefined;
  const known = ids.map((id) => `\`${id}\``);
  return {
    reason: `it comes from step \`${step}\`, and ${where} has no step with that \`id\``,
    hint:
      known.length === 0
        ? `Give the step that sets it \`id: ${step}\`.`
        : `Name the step that sets it; those with an \`id\` are ${joinWords(known, 'and')}.`,
  };
}

/** The ids of a job's steps; undefined if it has no list of steps. */
function idsOf(steps: Node | undefined): string[] | undefined {
  if (steps?.kind !== 'sequence') return undefined;
  return steps.items.flatMap((step) => (step.kind === 'map' ? (getText(step, ['id']) ?? []) : []));
}
