// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables as users write them.
import { describe, expect, test } from 'vitest';
import { isCronSchedule } from '../../../src/model/fields/cron-schedule.ts';
import { findFieldFaults } from '../../../src/model/fields/field-fault.ts';
import { nameFormatOf } from '../../../src/model/fields/field-formats.ts';
import { fieldsOf, type Shape } from '../../../src/model/fields/kubernetes-fields.ts';
import { modelFromYaml } from '../../support/root-from-yaml.ts';

/** Whether a field takes a value: with quotes around it, a text, and a number otherwise. */
function takes(field: string, value: string): boolean {
  const [type = '', name = ''] = field.replace('{}', '').split('.');
  const shape = fieldsOf(type).shapes.get(name);
  const format = field.endsWith('{}') ? keysOf(shape) : innerFormat(shape);
  if (format === undefined) throw new Error(`${field} has no format`);
  const isText = value.startsWith('"');
  return format.accepts(isText ? value.slice(1, -1) : value, isText);
}

function keysOf(shape: Shape | undefined) {
  return shape?.holds === 'map' ? shape.keys : undefined;
}

function innerFormat(shape: Shape | undefined) {
  if (shape?.holds === 'map' || shape?.holds === 'list') return innerFormat(shape.of);
  return shape?.holds === 'fields' ? undefined : shape?.format;
}

const digits = '0123456789';

describe('field-value: what fields take', () => {
  test.each([
    [
      'Container.name',
      ['"a"', '"0-a"', `"${'a'.repeat(63)}"`, '""'],
      ['"a.b"', '"-a"', '"a-"', '"A"', '"a_b"', '" a"', `"${'a'.repeat(64)}"`],
    ],
    ['PodSpec.priorityClassName', ['"a.b"', '"a"'], ['"a..b"', '".a"', '"a.-b"', '"A"', `"${'a'.repeat(254)}"`]],
    [
      'ContainerPort.name',
      ['"http"', '"1-a"', '"abcdefghijklmno"', '""'],
      ['"80"', '"Http"', '"a--b"', '"-a"', '"a-"', '"abcdefghijklmnop"', '"a.b"'],
    ],
    ['ContainerPort.containerPort', ['1', '65535', '0x50', '0o10'], ['0', '-1', '65536']],
    ['ContainerPort.hostPort', ['0'], ['-1', '70000']],
    ['ServicePort.targetPort', ['80', '"http"'], ['"80"', '0', '"HTTP"']],
    [
      'ObjectMeta.labels',
      ['""', '"a"', '"A.b_c-9"', `"${'a'.repeat(63)}"`],
      ['"a b"', '"-a"', '"a_"', '"a+b"', '"a/b"', '"sha256:0a"', `"${'a'.repeat(64)}"`],
    ],
    [
      'ObjectMeta.labels{}',
      ['"a"', '"A_b"', '"example.com/a"', '"a.b/C"'],
      ['""', '"/a"', '"a/"', '"A.com/a"', '"a/b/c"', '"a b"', '"-a"'],
    ],
    [
      'ConfigMap.data{}',
      ['"a"', '".env"', '"A_b-c.d"', '"a..b"'],
      ['""', '"."', '".."', '"..a"', '"a/b"', '"a b"', `"${'a'.repeat(254)}"`],
    ],
    ['EnvVar.name', ['"A"', '"a.b-c"', '"a b"', '"1A"', '""'], ['"A=b"', '"ä"', '"a\nb"']],
    [
      'ResourceRequirements.limits',
      [
        '1',
        '0.5',
        '"1"',
        '"1.5Gi"',
        '".5"',
        '"5."',
        '"+1"',
        '"100m"',
        '"1e3"',
        '"1E3"',
        '"1k"',
        '"1Ki"',
        '"1u"',
        '"1n"',
      ],
      ['-1', '"-1"', '"1GB"', '"1 Gi"', '"1K"', '"1gi"', '"1MI"', '""', '"Gi"', '"half"', '"1.5.2"'],
    ],
    [
      'ResourceRequirements.limits{}',
      ['"cpu"', '"memory"', '"ephemeral-storage"', '"hugepages-2Mi"', '"nvidia.com/gpu"'],
      ['"CPU"', '"mem"', '"pods"', '"storage"', '"mycpu"', '"cpus"'],
    ],
    ['ConfigMapVolumeSource.defaultMode', ['0', '0755', '0o755', '511', '420'], ['755', '777', '512', '-1']],
    ['KeyToPath.path', ['"a/b"', '"..a"', '"a/..b"', '"a.."'], ['"/a"', '".."', '"../a"', '"a/../b"', '"a/.."']],
    [
      'RollingUpdateDeployment.maxSurge',
      ['0', '1', '"25%"', '"100%"'],
      ['-1', '"1"', '"25%a"', '"a25%"', '"25 %"', '"-5%"', '""'],
    ],
    ['Probe.periodSeconds', ['0', '1', '1e3', '"x"'], ['-1']],
    ['PodSpec.activeDeadlineSeconds', ['1', '2147483647'], ['0', '-1', '2147483648']],
    [
      'ObjectFieldSelector.fieldPath',
      ['"metadata.name"', '"status.podIP"', `"metadata.labels['a']"`, `"metadata.annotations['a/b']"`],
      [
        '"metadata.label"',
        '"spec.podIP"',
        `"metadata.labels['']"`,
        '"metadata.labels.a"',
        `"metadata.labels['a'].b"`,
        `"a.metadata.labels['a']"`,
      ],
    ],
    [
      'CronJobSpec.schedule',
      ['"0 3 * * *"', '""', '"@daily"'],
      ['"0 3 * *"', '"TZ=UTC 0 3 * * *"', '"CRON_TZ=UTC @daily"'],
    ],
    ['Container.imagePullPolicy', ['""', '"Always"', '"IfNotPresent"', '"Never"'], ['"always"', '"No"']],
  ])('%s', (field, right, wrong) => {
    expect(right.filter((value) => !takes(field, value))).toEqual([]);
    expect(wrong.filter((value) => takes(field, value))).toEqual([]);
  });

  test.each([
    ['Deployment', ['a.b', 'a'.repeat(253)], ['A', 'a_b', 'a'.repeat(254)]],
    ['Job', ['a.b', 'a'.repeat(63)], ['a'.repeat(64)]],
    ['CronJob', ['a.b', 'a'.repeat(52)], ['a'.repeat(53)]],
    ['Service', ['a-b'], ['a.b', 'a'.repeat(64)]],
    ['Role', ['a:B_c', 'a b', '..a', 'a.'], ['a/b', 'a%b', '.', '..']],
    ['ClusterRoleBinding', ['system:a'], ['a/b']],
  ])('the name of a %s', (kind, right, wrong) => {
    const { accepts } = nameFormatOf(kind);
    expect(right.filter((name) => !accepts(name, true))).toEqual([]);
    expect(wrong.filter((name) => accepts(name, true))).toEqual([]);
  });

  test.each([
    ['"8080"', 8080],
    ['"0"', undefined],
    ['"99999"', undefined],
    ['"http!"', undefined],
    ['"http80"', undefined],
  ])('a port in quotes is a number: %s', (written, meant) => {
    const shape = fieldsOf('HTTPGetAction').shapes.get('port');
    expect(innerFormat(shape)?.meantBy?.(written.slice(1, -1))).toBe(meant);
  });
});

describe('field-value: what was meant', () => {
  test.each([
    ['512 mi', '512Mi', undefined],
    ['1.25GI', '1.25Gi', undefined],
    ['1giB', undefined, undefined],
    ['x1gi', undefined, undefined],
    ['1.x5gi', undefined, undefined],
    ['512MB', undefined, 'Leave out the `B`: `Mi` is 1024 × 1024 bytes, `M` is a million.'],
    ['1.25 gb', undefined, 'Leave out the `B`: `Mi` is 1024 × 1024 bytes, `M` is a million.'],
    ['512B', undefined, 'Leave out the `B`: `Mi` is 1024 × 1024 bytes, `M` is a million.'],
    ['1GBit', undefined, undefined],
    ['half a GB', undefined, undefined],
    ['a 1GB', undefined, undefined],
  ])('a quantity: %s', (written, meant, hint) => {
    const format = innerFormat(fieldsOf('ResourceRequirements').shapes.get('limits'));
    expect([format?.meantBy?.(written), format?.hintFor?.(written)]).toEqual([meant, hint]);
  });

  test.each([
    ['755', 'Write `0755`: without the 0 it is a decimal number.'],
    ['1755', undefined],
    ['7551', undefined],
    ['800', undefined],
  ])('a mode: %s', (written, hint) => {
    const format = innerFormat(fieldsOf('KeyToPath').shapes.get('mode'));
    expect(format?.hintFor?.(written)).toBe(hint);
  });
});

describe('field-value: the schedule of a CronJob', () => {
  test.each([
    '* * * * *',
    '  0  3 * * *  ',
    '*/5 */100 * * *',
    '*/15 0-5 1,15 jan-MAR mon',
    '5/10 ? * 12 0',
    '0 0 1 1 6',
    '0,,1 0 1 1 *',
    '59 23 31 DEC SAT',
    '@yearly',
    '@every 1h30m',
  ])('%s', (schedule) => {
    expect(isCronSchedule(schedule)).toBe(true);
  });

  test.each([
    '* * * *',
    '* * * * * *',
    '60 * * * *',
    '* 24 * * *',
    '* * 0 * *',
    '* * * 0 *',
    '* * * * 7',
    '5-1 * * * *',
    '1-2-3 * * * *',
    '5,60 * * * *',
    '+5 * * * *',
    '1e1 * * * *',
    '*/0 * * * *',
    '*/a5 * * * *',
    '*/5a * * * *',
    '*/5/5 * * * *',
    '-1 * * * *',
    'mon * * * *',
    '* * * * monday',
    '@often',
    '@not@daily',
    '@every',
    '@daily now',
  ])('not %s', (schedule) => {
    expect(isCronSchedule(schedule)).toBe(false);
  });
});

describe('field-value: values that something fills', () => {
  /** The faults of a Deployment with this name for its container, and these labels of its pods. */
  function faultsOf(name: string, label: string): string[] {
    const { standardObjects } = modelFromYaml(
      `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: shop}\nspec: {selector: {matchLabels: {app: shop}}, template: {metadata: {labels: {app: shop, version: "${label}"}}, spec: {containers: [{name: "${name}"}]}}}\n`,
    );
    return standardObjects()
      .flatMap(({ type, view }) => findFieldFaults(view, type))
      .map(({ view }) => view.path);
  }

  test.each([
    'main',
    '${NAME}',
    '$(NAME)',
    'main-TAG',
    'main-TG',
    'TAG-main',
    'TAG_NAME',
    '{{ name }}',
    '<name>',
    '__NAME__',
    '@NAME@',
    '%NAME%',
  ])('the name of a container: %s', (name) => {
    expect(faultsOf(name, 'v1')).toEqual([]);
  });

  test.each(['Main', 'main-Tag', 'main-TAGs', 'aTAG', 'A', 'main_tag', `a${digits.repeat(7)}`])(
    'no name of a container: %s',
    (name) => {
      expect(faultsOf(name, 'v1')).toEqual(['spec.template.spec.containers[0].name']);
    },
  );

  test.each([
    'v1',
    '[[ tag ]]',
    '(@= tag @)',
    'CHANGE-ME',
    'change me',
    'changeme!',
    'IMAGE_TAG',
    '${TAG}',
    '<tag>+1',
    '{{ tag }}+1',
  ])('a label: %s', (label) => {
    expect(faultsOf('main', label)).toEqual([]);
  });

  test.each(['v1+2', 'TAG+1', 'a@b.c', '5 %', digits.repeat(7)])('no label: %s', (label) => {
    expect(faultsOf('main', label)).toEqual(['spec.template.metadata.labels.version']);
  });
});
