import type { ScaffoldTool } from '../scaffold-tool.ts';
import { goTools } from './go.ts';
import { nodeTools } from './node.ts';
import { otherTools } from './other-languages.ts';
import { phpTools } from './php.ts';
import { pythonTools } from './python.ts';
import { rustTools } from './rust.ts';
import { imageTools } from './tool-images.ts';

/** The tools for `new --tool`: those of src/model/migrations/migration-tools.ts that have one obvious command. */
export const scaffoldTools: readonly ScaffoldTool[] = [
  ...nodeTools,
  ...pythonTools,
  ...imageTools,
  ...goTools,
  ...otherTools,
  ...phpTools,
  ...rustTools,
];
