import { editFault, type Fault, fieldFaults } from './fault.ts';
import { editBase, type Files, replaceText } from './tree.ts';

const container = ['spec', 'template', 'spec', 'containers', 0] as const;
const deploy = ['npx', 'prisma', 'migrate', 'deploy'];

/** A variable out of a key of the example's ConfigMap. */
function keyOf(key: string): object {
  return { name: 'EXTRA', valueFrom: { configMapKeyRef: { name: 'myapp-config', key } } };
}

function serviceOf(selector: string): string {
  return `apiVersion: v1\nkind: Service\nmetadata: {name: myapp}\nspec: {selector: ${selector}, ports: [{port: 80, targetPort: 8080}]}\n`;
}

/** Lists a file more in the base. */
function addToBase(files: Files, name: string, text: string): void {
  files.set(`k8s/base/${name}`, text);
  replaceText(files, 'k8s/base/kustomization.yaml', '  - deployment.yaml\n', `  - deployment.yaml\n  - ${name}\n`);
}

/** An object in the base makes the repository wrong. */
function objectFault(rule: string, title: string, text: string): Fault {
  return { rule, title, apply: (files) => addToBase(files, 'added.yaml', text) };
}

/** A database of the tree's own, which the overlays rename, and a host in their settings. */
function databaseFault(title: string, host: string): Fault {
  return {
    rule: 'database-host',
    title,
    apply: (files) => {
      addToBase(
        files,
        'database.yaml',
        'apiVersion: v1\nkind: Service\nmetadata: {name: postgres}\nspec: {selector: {app: postgres}, ports: [{port: 5432}]}\n',
      );
      replaceText(files, 'k8s/overlays/production/config.yaml', 'postgres.production.example.com', host);
    },
  };
}

const pod = ['spec', 'template', 'spec'] as const;

const sealedFault: Fault = {
  rule: 'sealed-scope',
  title: 'a SealedSecret in the base',
  apply: (files) =>
    addToBase(
      files,
      'added.yaml',
      'apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: {name: myapp-mail}\nspec: {encryptedData: {PASSWORD: AgBy3i4O}}\n',
    ),
};

const scriptFault: Fault = {
  rule: 'script-mode',
  title: 'a script from a ConfigMap as the program',
  apply: (files) => {
    addToBase(
      files,
      'added.yaml',
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: scripts}\ndata: {migrate.sh: npx prisma migrate deploy}\n',
    );
    editBase(files, 'Job', [...container, 'command'], ['/scripts/migrate.sh']);
    editBase(files, 'Job', [...container, 'volumeMounts'], [{ name: 'scripts', mountPath: '/scripts' }]);
    editBase(files, 'Job', [...pod, 'volumes'], [{ name: 'scripts', configMap: { name: 'scripts' } }]);
  },
};

const selectorFault: Fault = {
  rule: 'selector-version',
  title: 'the version among the labels of selectors',
  apply: (files) => {
    const path = 'k8s/base/kustomization.yaml';
    const labels = 'labels:\n  - includeSelectors: true\n    pairs: {app.kubernetes.io/version: v1.2286938253.0}\n';
    files.set(path, `${files.get(path)}${labels}`);
  },
};

const budgetFault: Fault = {
  rule: 'job-budget',
  title: 'a budget for all pods of the namespace',
  apply: (files) =>
    addToBase(
      files,
      'added.yaml',
      'apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: myapp}\nspec: {maxUnavailable: 1, selector: {}}\n',
    ),
};

const readOnlyFault: Fault = {
  rule: 'database-read-only',
  title: "the Service of the database's standbys",
  apply: (files) => {
    const cluster = 'apiVersion: postgresql.cnpg.io/v1\nkind: Cluster\nmetadata: {name: pg}\nspec: {instances: 3}\n';
    addToBase(files, 'database.yaml', cluster);
    replaceText(files, 'k8s/overlays/production/config.yaml', 'postgres.production.example.com', 'prod-pg-ro');
  },
};

/** A quota that counts the limits of all pods, and a Deployment whose containers have some. */
function quotaFault(title: string, limited: readonly ('initContainers' | 'containers')[]): Fault {
  return {
    rule: 'resource-quota',
    title,
    apply: (files) => {
      const quota =
        'apiVersion: v1\nkind: ResourceQuota\nmetadata: {name: compute}\nspec: {hard: {limits.cpu: "4", limits.memory: 8Gi}}\n';
      addToBase(files, 'added.yaml', quota);
      const resources = { limits: { cpu: '1', memory: '1Gi' } };
      for (const list of limited) editBase(files, 'Deployment', [...pod, list, 0, 'resources'], resources);
      if (!limited.includes('initContainers')) editBase(files, 'Job', [...container, 'resources'], resources);
    },
  };
}

/** An init container that checks the schema, beside a proxy. */
const proxyFault: Fault = {
  rule: 'proxy-order',
  title: 'a check of the schema before the proxy has started',
  apply: (files) => {
    const env = [{ name: 'DATABASE_HOST', value: '127.0.0.1' }];
    const image = 'registry.example.com/checks:v3.1.0';
    const check = { name: 'check', image, command: ['alembic', 'current', '--check-heads'], env };
    const proxy = { name: 'proxy', image: 'gcr.io/cloud-sql-connectors/cloud-sql-proxy:2.14.1' };
    editBase(files, 'Deployment', [...pod, 'initContainers', 1], check);
    editBase(files, 'Deployment', [...pod, 'containers', 1], proxy);
  },
};

const accountFault: Fault = {
  rule: 'account-missing',
  title: "a slip in the name of the Job's account",
  apply: (files) => {
    addToBase(files, 'added.yaml', 'apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: myapp-migration}\n');
    editBase(files, 'Job', [...pod, 'serviceAccountName'], 'myapp-migrations');
  },
};

const fileFault: Fault = {
  rule: 'file-not-mounted',
  title: 'a certificate that only the service mounts',
  apply: (files) => {
    const variable = { name: 'PGSSLROOTCERT', value: '/etc/db-ca/ca.pem' };
    for (const kind of ['Job', 'Deployment']) editBase(files, kind, [...container, 'env'], [variable]);
    editBase(files, 'Deployment', [...container, 'volumeMounts'], [{ name: 'db-ca', mountPath: '/etc/db-ca' }]);
    editBase(files, 'Deployment', [...pod, 'volumes'], [{ name: 'db-ca', secret: { secretName: 'db-ca' } }]);
  },
};

const waitFault: Fault = {
  rule: 'database-wait',
  title: 'a wait for the Service of the database without its prefix',
  apply: (files) => {
    databaseFault('', 'prod-postgres').apply(files);
    const command = ['sh', '-c', 'until pg_isready -h postgres; do sleep 1; done'];
    editBase(files, 'Job', [...pod, 'initContainers'], [{ name: 'up', image: 'postgres:17.2', command }]);
  },
};

const forgottenFault: Fault = {
  rule: 'migration-file-missing',
  title: 'a migration that the generator does not list',
  apply: (files) => {
    files.set('k8s/base/sql/V1__init.sql', 'CREATE TABLE orders (id bigint);\n');
    files.set('k8s/base/sql/V2__total.sql', 'ALTER TABLE orders ADD total numeric;\n');
    const generator = 'configMapGenerator:\n  - name: sql\n    files: [sql/V1__init.sql]\n';
    files.set('k8s/base/kustomization.yaml', `${files.get('k8s/base/kustomization.yaml')}${generator}`);
    editBase(files, 'Job', [...container, 'volumeMounts'], [{ name: 'sql', mountPath: '/sql' }]);
    editBase(files, 'Job', [...pod, 'volumes'], [{ name: 'sql', configMap: { name: 'sql' } }]);
  },
};

const namedFault: Fault = {
  rule: 'migration-file-name',
  title: 'a migration with a name for another tool',
  apply: (files) => {
    const sql = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: sql}\ndata: {V1__init.sql: select 1;}\n';
    addToBase(files, 'sql.yaml', sql);
    editBase(files, 'Job', [...container, 'args'], ['-path', '/sql', '-database', '$(DATABASE_URL)', 'up']);
    editBase(files, 'Job', [...container, 'command'], ['migrate']);
    editBase(files, 'Job', [...container, 'volumeMounts'], [{ name: 'sql', mountPath: '/sql' }]);
    editBase(files, 'Job', [...pod, 'volumes'], [{ name: 'sql', configMap: { name: 'sql' } }]);
  },
};

/** The overlays give it the name of their namespace. */
function namespaceOf(level: string): string {
  return `apiVersion: v1\nkind: Namespace\nmetadata: {name: myapp, labels: {pod-security.kubernetes.io/enforce: ${level}}}\n`;
}

function policyOf(name: string, spec: string): string {
  return `---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: ${name}}\nspec: {${spec}}\n`;
}

const quota = `apiVersion: v1
kind: ResourceQuota
metadata: {name: compute}
spec: {hard: {limits.memory: 8Gi}}
---
apiVersion: batch/v1
kind: CronJob
metadata: {name: report}
spec: {schedule: "0 3 * * *", jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: report, image: "registry.example.com/report:v1", resources: {limits: {memory: 1Gi}}}]}}}}}
`;
const denied = policyOf('default-deny', 'podSelector: {}, policyTypes: [Ingress, Egress]');
const serviceOut = policyOf(
  'service',
  'podSelector: {matchLabels: {app.kubernetes.io/component: service}}, policyTypes: [Egress], egress: [{}]',
);
const databaseOut = policyOf('database', 'podSelector: {}, policyTypes: [Egress], egress: [{ports: [{port: 5432}]}]');

/** What can be wrong between the service and its migration. */
export const serviceFaults: readonly Fault[] = [
  databaseFault("the Service's name without its prefix", 'postgres'),
  databaseFault('the name of a pod behind the Service', 'postgres-0.postgres'),
  objectFault('job-service', 'a Service that asks for the name alone', serviceOf('{app.kubernetes.io/name: myapp}')),
  objectFault('pod-security', 'a namespace that takes no pod without a security context', namespaceOf('restricted')),
  objectFault('resource-quota', 'a quota for what only other pods state', quota),
  objectFault('network-policy', 'only the service may connect to anything', denied + serviceOut),
  objectFault('network-policy', 'the pods that wait may connect to the database alone', denied + databaseOut),
  quotaFault('a quota that the Job does not state its limits for', ['initContainers', 'containers']),
  quotaFault('a quota that the waiter does not state its limits for', ['containers']),
  proxyFault,
  accountFault,
  fileFault,
  forgottenFault,
  namedFault,
  readOnlyFault,
  selectorFault,
  scriptFault,
  sealedFault,
  budgetFault,
  waitFault,
  ...fieldFaults('image-pull-secret', 'Deployment', [...pod, 'imagePullSecrets'], [{ name: 'registry' }]),
  ...fieldFaults('field-refused', 'Deployment', ['spec', 'template', 'spec', 'restartPolicy'], 'Never'),
  ...fieldFaults('field-refused', 'Job', [...container, 'volumeMounts'], [{ name: 'certs', mountPath: '/certs' }]),
  ...fieldFaults('service-runs-migration', 'Deployment', [...container, 'command'], deploy),
  ...fieldFaults(
    'service-runs-migration',
    'Deployment',
    [...container, 'command'],
    ['sh', '-c', 'npx prisma migrate deploy && node dist/main.js'],
  ),
  ...fieldFaults(
    'service-runs-migration',
    'Deployment',
    [...container, 'args'],
    ['sh', '-c', 'alembic upgrade head; exec uvicorn app:app'],
  ),
  ...fieldFaults('service-runs-migration', 'Deployment', [...container, 'lifecycle'], {
    postStart: { exec: { command: deploy } },
  }),
  ...fieldFaults(
    'env-source-missing',
    'Deployment',
    [...container, 'envFrom', 0, 'configMapRef', 'name'],
    'prod-myapp-confg',
  ),
  ...fieldFaults('env-source-match', 'Job', [...container, 'envFrom', 1, 'secretRef', 'name'], 'settings'),
  ...fieldFaults('env-source-missing', 'Deployment', [...container, 'env'], [keyOf('DATABASE_HOTS')]),
  ...fieldFaults('env-source-missing', 'Job', [...container, 'env'], [keyOf('NODE_ENVIRONMENT')]),
  ...fieldFaults(
    'env-source-match',
    'Job',
    [...container, 'env'],
    [{ name: 'DATABASE_HOST', value: 'db.other.example.com' }],
  ),
  ...fieldFaults('env-source-match', 'Job', [...container, 'env'], [{ name: 'DATABASE_NAME', value: 'other' }]),
  ...fieldFaults(
    'env-source-match',
    'Deployment',
    [...container, 'env'],
    [{ name: 'DATABASE_HOST', value: 'replica.example.com' }],
  ),
  ...fieldFaults('env-source-match', 'Job', [...container, 'envFrom'], undefined),
  ...fieldFaults('image-version-match', 'Job', [...container, 'image'], 'registry.example.com/myapp-migration:v1.0.0', {
    not: ['in the base'],
  }),
  ...fieldFaults('image-version-match', 'Deployment', [...container, 'image'], 'registry.example.com/myapp:v1.0.0', {
    not: ['in the base'],
  }),
  ...fieldFaults('image-tag-mutable', 'Job', [...container, 'image'], 'registry.example.com/myapp-migration:latest', {
    not: ['in the base'],
  }),
  ...fieldFaults('image-tag-mutable', 'Deployment', [...container, 'image'], 'registry.example.com/myapp:main', {
    not: ['in the base'],
  }),
  {
    rule: 'image-version-match',
    title: 'newTag of one image in the overlay',
    apply: (files) =>
      replaceText(
        files,
        'k8s/overlays/production/kustomization.yaml',
        'patches:\n',
        'images:\n  - name: registry.example.com/myapp\n    newTag: v1.0.0\npatches:\n',
      ),
  },
];

/** What can be wrong with generated settings. */
export const generatorFaults: readonly Fault[] = [
  {
    rule: 'env-source-missing',
    title: 'a slip in the name of the generator',
    apply: (files) => {
      for (const path of ['base', 'overlays/production', 'overlays/staging']) {
        replaceText(files, `k8s/${path}/kustomization.yaml`, '  - name: myapp-config', '  - name: myap-config');
      }
    },
  },
  editFault(
    'env-source-missing',
    'a slip in the Job',
    'k8s/base/migration-job.yaml',
    'name: myapp-config',
    'name: myapp-confg',
  ),
  editFault(
    'env-source-missing',
    'a slip in the Deployment',
    'k8s/base/deployment.yaml',
    'name: myapp-config',
    'name: my-app-config',
  ),
  editFault(
    'env-source-match',
    'another literal in the Job',
    'k8s/base/migration-job.yaml',
    '          envFrom:\n',
    '          env:\n            - name: DATABASE_NAME\n              value: other\n          envFrom:\n',
  ),
  ...fieldFaults('env-source-missing', 'Job', [...container, 'env'], [keyOf('DATABASE_NAM')]),
];
