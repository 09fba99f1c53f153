import { describe, expect, test } from 'vitest';
import { readFences } from '../../src/delivery/fences.ts';

describe('blocks of a document that may hold commands', () => {
  test.each([
    ['```bash\nkubectl apply -k .\n```', ['kubectl apply -k .']],
    ['```\nkubectl apply -k .\n```\ntext\n~~~sh\nkubectl get jobs\n~~~', ['kubectl apply -k .', 'kubectl get jobs']],
    ['1. Apply:\n\n   ```console\n   $ kubectl apply -k .\n   ```', ['kubectl apply -k .']],
    ['```shell title="deploy"\nkubectl apply -k .\n```', ['kubectl apply -k .']],
    ['````sh\n```\nkubectl apply -k .\n````', ['```\nkubectl apply -k .']],
    ['```sh\r\nkubectl a\r\nkubectl b\r\n```\r\n', ['kubectl a\nkubectl b']],
    ['```sh\nkubectl apply -k .', ['kubectl apply -k .']],
    ['```yaml\nkubectl: v1\n```', []],
    ['Run `kubectl apply -k .` then.', []],
    ['```sh\nls\n```', []],
  ])('%j', (document, expected) => expect(readFences(document)).toEqual(expected));
});
