/** The variable by which a tool chooses its settings. */
export interface ToolMode {
  readonly variable: string;
  /** The value that means the same as no value. */
  readonly unset?: RegExp;
  /** What the tool takes without it. */
  readonly fallback: string;
  /** A flag of the command that says the same. */
  readonly flag: RegExp;
}

const nodeMode: ToolMode = {
  variable: 'NODE_ENV',
  unset: /^dev(elopment)?$/i,
  fallback: 'its settings for `development`',
  flag: /--env\b|--knexfile\b|--config\b|--url\b|--connection\b/,
};

/** Those of tools, by their names. */
export const toolModes: ReadonlyMap<string, ToolMode> = new Map([
  ['Knex', nodeMode],
  ['Sequelize', nodeMode],
  [
    'Django',
    {
      variable: 'DJANGO_SETTINGS_MODULE',
      fallback: 'the settings that `manage.py` names',
      flag: /--settings\b/,
    },
  ],
  [
    'Rails',
    {
      variable: 'RAILS_ENV',
      unset: /^development$/,
      fallback: 'its settings for `development`',
      flag: /\s(-e|--environment)\b/,
    },
  ],
]);
