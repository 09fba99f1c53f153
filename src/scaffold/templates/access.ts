import type { NewService } from '../new-service.ts';

/** The account that the pods of the service and of the migration run as. */
export const serviceAccount = ({ name }: NewService): string => `apiVersion: v1
kind: ServiceAccount
metadata:
  name: ${name}
`;

/** Lets the init container read the migration Job. */
export const rbac = ({ name }: NewService): string => `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: ${name}-wait-for-migration
rules:
  - apiGroups: ["batch"]
    resources: ["jobs"]
    verbs: ["get", "list", "watch"]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: ${name}-wait-for-migration
subjects:
  - kind: ServiceAccount
    name: ${name}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: ${name}-wait-for-migration
`;
