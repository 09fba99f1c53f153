import type { Severity } from '../findings/finding.ts';

/** The colours of a text report, by what they are for. Each function returns the text with or without colour. */
export interface Paint {
  severity(severity: Severity, text: string): string;
  /** The message of a finding. */
  message(text: string): string;
  /** Line numbers, arrows and bars. */
  gutter(text: string): string;
  /** The underline of a related place, with its note. */
  related(text: string): string;
  /** Good news. */
  success(text: string): string;
}

const same = (text: string): string => text;

/** No colours, for files, pipes and NO_COLOR. */
export const plainPaint: Paint = {
  severity: (_severity, text) => text,
  message: same,
  gutter: same,
  related: same,
  success: same,
};

/** Colours for a terminal. chalk is loaded only here, because most runs in CI have no colour. */
export async function loadColours(): Promise<Paint> {
  const { Chalk } = await import('chalk');
  const chalk = new Chalk({ level: 1 });
  const severityColours = { error: chalk.red.bold, warning: chalk.yellow.bold, info: chalk.cyan.bold };
  return {
    severity: (severity, text) => severityColours[severity](text),
    message: chalk.bold,
    gutter: chalk.blue,
    related: chalk.blue.bold,
    success: chalk.green,
  };
}
