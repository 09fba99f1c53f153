import type { ScaffoldTool } from '../scaffold-tool.ts';
import { goTools } from './go.ts';
import { nodeTools } from './node.ts';
import { otherTools } from './other-languages.ts';
import { phpTools } from './php.ts';
import { pythonTools } from './python.ts';
import { rustTools } from './rust.ts';
import { imageTools } from './tool-images.ts';

/** What `new --tool` offers: the tools of src/model/migration-tools.ts that have one evident command. */
export const scaffoldTools: readonly ScaffoldTool[] = [
  ...nodeTools,
  ...pythonTools,
  ...imageTools,
  ...goTools,
  ...otherTools,
  ...phpTools,
  ...rustTools,
];
