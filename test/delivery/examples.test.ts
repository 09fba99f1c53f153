import { describe, expect, test } from 'vitest';
import { readExamples } from '../../src/delivery/scripts/examples.ts';

describe('what a document asks its reader to type', () => {
  test.each([
    ['```bash\nkubectl apply -k .\n```', ['kubectl apply -k .']],
    ['```\nkubectl apply -k .\n```\ntext\n~~~sh\nkubectl get jobs\n~~~', ['kubectl apply -k .', 'kubectl get jobs']],
    ['1. Apply:\n\n   ```console\n   $ kubectl apply -k .\n   ```', ['kubectl apply -k .']],
    ['```shell title="deploy"\nkubectl apply -k .\n```', ['kubectl apply -k .']],
    ['````sh\n```\nkubectl apply -k .\n````', ['```\nkubectl apply -k .']],
    ['```sh\r\nkubectl a\r\nkubectl b\r\n```\r\n', ['kubectl a\nkubectl b']],
    ['```sh\nkubectl apply -k .', ['kubectl apply -k .']],
    ['```yaml\nkubectl: v1\n```', []],
    ['Run `kubectl apply -k .` then.', ['kubectl apply -k .']],
    ['First `kubectl delete job a`, then `kubectl apply -k .`', ['kubectl delete job a', 'kubectl apply -k .']],
    ['Run `kubectl delete\n  job a` first, `kubectl apply -k .` then.', ['kubectl delete job a', 'kubectl apply -k .']],
    ['An odd ` mark.\n\nRun `kubectl apply -k .` then.', ['kubectl apply -k .']],
    ['`kubectl` applies, and `kustomize`\nbuilds.', []],
    ['Apply:\n\n    kubectl apply -k .\n    $ kubectl get jobs\n\nDone.', ['kubectl apply -k .\nkubectl get jobs']],
    ['1. Apply:\n\n\tkubectl apply -k .', ['kubectl apply -k .']],
    ['    image: kubectl\n', []],
    ['    kubectl a\n```sh\nkubectl b\n```', ['kubectl a', 'kubectl b']],
    ['```sh\nls\n```', []],
  ])('%j', (document, expected) => expect(readExamples(document)).toEqual(expected));
});
