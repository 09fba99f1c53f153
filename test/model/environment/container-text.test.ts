// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables as manifests hold them.
import { describe, expect, test } from 'vitest';
import { containerText, isUnknownText, shellText } from '../../../src/model/environment/container-text.ts';
import type { Container } from '../../../src/objects/workload.ts';
import { firstOf } from '../../support/first-of.ts';
import { containerOf } from '../../support/job-from-yaml.ts';

/** A container with one word as its command, and with these variables. */
function containerWith(word: string, envFrom = ''): Container {
  const env =
    '{name: NAME, value: old}, {name: NAME, value: shop}, {name: KEY, valueFrom: {secretKeyRef: {name: x, key: y}}}, {name: X, value: y}';
  return containerOf(`image: shop, command: [${JSON.stringify(word)}], env: [${env}]${envFrom}`);
}

describe('container-text', () => {
  test.each([
    ['a', false],
    ['${TAG}', false],
    ['a-${TAG}-${OTHER:=x}', false],
    ['$${TAG}', true],
    ['$TAG', true],
    ['a-${TAG}-$X', true],
    ['$(NAME)', true],
    ['${1}', true],
    ['$', false],
    ['$-', false],
  ])('%s depends on the running container: %s', (text, expected) => expect(isUnknownText(text)).toBe(expected));
});

describe('container-text: a word of a command', () => {
  test.each([
    ['plain', 'plain', 'command[0]'],
    ['$(NAME)', 'shop', 'env[1].value'],
    ['job/$(NAME)', 'job/shop', 'env[1].value'],
    ['jobs/$(NAME)', 'jobs/shop', 'env[1].value'],
    ['jobs.batch/$(NAME)', 'jobs.batch/shop', 'env[1].value'],
    ['job.v1.batch/$(NAME)', 'job.v1.batch/shop', 'env[1].value'],
    ['my-job/$(NAME)', 'my-job/shop', 'command[0]'],
    ['pod/$(NAME)', 'pod/shop', 'command[0]'],
    ['a-$(NAME)-$(X)', 'a-shop-y', 'command[0]'],
    ['$$(NAME)', '$$(NAME)', 'command[0]'],
    ['$(KEY)', '$(KEY)', 'command[0]'],
    ['$(OTHER)', '$(OTHER)', 'command[0]'],
    ['$NAME', '$NAME', 'env[1].value'],
    ['${NAME}', '${NAME}', 'env[1].value'],
    ['$NAME-v1', '$NAME-v1', 'command[0]'],
    ['$(NAME)-v1', 'shop-v1', 'command[0]'],
  ])('%s is %s, from %s', (word, text, from) => {
    const container = containerWith(word);
    const { value, path } = containerText(firstOf(container.command), container);
    expect([value, path.replace('spec.template.spec.containers[0].', '')]).toEqual([text, from]);
  });

  test.each([
    ['$NAME', 'shop', 'env[1].value'],
    ['${NAME}', 'shop', 'env[1].value'],
    ['job/$NAME', 'job/shop', 'env[1].value'],
    ['$(NAME)', 'shop', 'env[1].value'],
    ['a-$NAME-${X}', 'a-shop-y', 'command[0]'],
    ['$KEY-${OTHER}', '$KEY-${OTHER}', 'command[0]'],
    ['$NAMES', '$NAMES', 'command[0]'],
  ])('%s is %s in a shell, from %s', (word, text, from) => {
    const container = containerWith(word);
    const { value, path } = shellText(firstOf(container.command), container);
    expect([value, path.replace('spec.template.spec.containers[0].', '')]).toEqual([text, from]);
  });

  test.each([
    ['$(NAME)', '', true],
    ['$(OTHER)', '', false],
    ['$(OTHER) $(NAME)', '', true],
    ['$(OTHER)$X', '', true],
    ['$(OTHER)', ', envFrom: [{configMapRef: {name: x}}]', true],
  ])('%s, with%s, depends on the container with its variables: %s', (word, envFrom, expected) => {
    expect(isUnknownText(word, containerWith(word, envFrom))).toBe(expected);
  });
});
