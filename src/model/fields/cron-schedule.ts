/**
 * Whether the API server can read the schedule of a CronJob, as
 * https://github.com/robfig/cron/blob/v3.0.1/parser.go reads it: five fields, or a word such as `@daily`.
 */
export function isCronSchedule(schedule: string): boolean {
  if (schedule.startsWith('@')) {
    return /^@(?:yearly|annually|monthly|weekly|daily|midnight|hourly|every \S+)$/.test(schedule);
  }
  const written = schedule.trim().split(/\s+/);
  return (
    written.length === fields.length &&
    fields.every((field, index) =>
      (written[index] ?? '').split(',').every((range) => range === '' || isRange(range, field)),
    )
  );
}

/** The values that a field takes, and the names of some. */
interface CronField {
  readonly least: number;
  readonly most: number;
  readonly names?: readonly string[];
}

/** `*`, `5`, `1-5` or `mon-fri`, each with or without a step: a `/15` at its end. */
function isRange(range: string, { least, most, names = [] }: CronField): boolean {
  const [values = '', step, ...more] = range.split('/');
  if (more.length > 0 || (step !== undefined && !/^0*[1-9]\d*$/.test(step))) return false;
  if (values === '*' || values === '?') return true;
  const ends = values.split('-').map((end) => {
    const name = names.indexOf(end.toLowerCase());
    if (name >= 0) return least + name;
    return /^\d+$/.test(end) ? Number(end) : Number.NaN;
  });
  const [from = Number.NaN, to = from] = ends;
  return ends.length <= 2 && from >= least && from <= to && to <= most;
}

const fields: readonly CronField[] = [
  { least: 0, most: 59 },
  { least: 0, most: 23 },
  { least: 1, most: 31 },
  { least: 1, most: 12, names: ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'] },
  { least: 0, most: 6, names: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] },
];
