import type { Tool } from './tools.ts';

/** Where both containers take the database's settings from. */
export interface Settings {
  readonly name: string;
  /** The ConfigMap and the Secret, or what makes them. */
  readonly objects: string;
  /** The lines of the service's container. */
  readonly container: string;
  /** The Job's, where the tool takes a variable of its own. */
  readonly ofTool?: (variable: string) => string;
}

/** What the Job's container takes. */
export function settingsOf({ container, ofTool }: Settings, { variable }: Tool): string {
  return ofTool === undefined ? container : ofTool(variable ?? 'DATABASE_URL');
}

const secret = `apiVersion: v1
kind: Secret
metadata:
  name: shop-database
stringData:
  url: postgres://shop:placeholder@postgres.example.com:5432/shop
`;
const sealed = `apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata:
  name: shop-database
spec:
  encryptedData:
    url: AgB4
  template:
    metadata:
      name: shop-database
`;
const external = `apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata:
  name: shop-database
spec:
  secretStoreRef:
    name: vault
    kind: ClusterSecretStore
  target:
    name: shop-database
  dataFrom:
    - extract:
        key: shop/database
`;
const config = `apiVersion: v1
kind: ConfigMap
metadata:
  name: shop-config
data:
  DATABASE_HOST: postgres.example.com
  DATABASE_NAME: shop
`;

const keyOf = (variable: string, key = 'url'): string => `env:
  - name: ${variable}
    valueFrom:
      secretKeyRef:
        name: shop-database
        key: ${key}`;
const both = `envFrom:
  - configMapRef:
      name: shop-config
  - secretRef:
      name: shop-database`;

/** The ways to hand settings to a container. */
export const settings = {
  key: { name: 'a key of a Secret', objects: secret, container: keyOf('DATABASE_URL'), ofTool: keyOf },
  sealedKey: { name: 'a key of a SealedSecret', objects: sealed, container: keyOf('DATABASE_URL'), ofTool: keyOf },
  externalKey: {
    name: 'a key of an ExternalSecret',
    objects: external,
    container: keyOf('DATABASE_URL'),
    ofTool: keyOf,
  },
  imports: {
    name: 'all of a ConfigMap and a Secret',
    objects: `${config}---\n${secret.replace('  url:', '  DATABASE_URL:')}`,
    container: both,
  },
  externalImports: {
    name: 'all of a ConfigMap and an ExternalSecret',
    objects: `${config}---\n${external}`,
    container: both,
  },
  literal: {
    name: 'values',
    objects: config,
    container: 'env:\n  - name: DATABASE_URL\n    value: postgres://shop@postgres.example.com:5432/shop',
  },
} satisfies Record<string, Settings>;
