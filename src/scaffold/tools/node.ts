import { databaseUrl, type ScaffoldTool } from '../scaffold-tool.ts';

/** Installs all dependencies, because the tool's command line is often among the `devDependencies`. */
const install = `WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
`;
const base = 'FROM node:24.11.1-alpine3.22\n';
const application = `${base}${install}`;

const withLockFile = ['package-lock.json'];

export const nodeTools: readonly ScaffoldTool[] = [
  {
    id: 'prisma',
    name: 'Prisma',
    command: ['npx', 'prisma', 'migrate', 'deploy'],
    secrets: databaseUrl,
    dockerfile: `${base}# Prisma's engines look for it, and the base image has none.
RUN apk add --no-cache openssl
${install}RUN npx prisma generate
`,
    expects: [...withLockFile, 'prisma/schema.prisma', 'prisma/migrations'],
    containsService: true,
  },
  {
    id: 'typeorm',
    name: 'TypeORM',
    command: ['npx', 'typeorm', 'migration:run', '--dataSource', 'dist/data-source.js'],
    secrets: databaseUrl,
    dockerfile: `${application}RUN npm run build
`,
    expects: [...withLockFile, 'src/data-source.ts', 'a script "build" in package.json that compiles it to dist/'],
    containsService: true,
  },
  {
    id: 'sequelize',
    name: 'Sequelize',
    command: ['npx', 'sequelize-cli', 'db:migrate'],
    secrets: databaseUrl,
    dockerfile: `${application}ENV NODE_ENV=production
`,
    expects: [
      ...withLockFile,
      'sequelize-cli in package.json',
      'config/config.js that reads DATABASE_URL',
      'migrations',
    ],
    containsService: true,
  },
  {
    id: 'knex',
    name: 'Knex',
    command: ['npx', 'knex', 'migrate:latest'],
    secrets: databaseUrl,
    dockerfile: `${application}ENV NODE_ENV=production
`,
    expects: [...withLockFile, 'knexfile.js that reads DATABASE_URL', 'migrations'],
    containsService: true,
  },
  {
    id: 'drizzle',
    name: 'Drizzle',
    command: ['npx', 'drizzle-kit', 'migrate'],
    secrets: databaseUrl,
    dockerfile: application,
    expects: [...withLockFile, 'drizzle-kit in package.json', 'drizzle.config.ts that reads DATABASE_URL', 'drizzle'],
    containsService: true,
  },
  {
    id: 'mikro-orm',
    name: 'MikroORM',
    command: ['npx', 'mikro-orm', 'migration:up'],
    secrets: databaseUrl,
    dockerfile: `${application}RUN npm run build
`,
    expects: [...withLockFile, '@mikro-orm/cli in package.json', 'a script "build" in package.json', 'migrations'],
    containsService: true,
  },
  {
    id: 'node-pg-migrate',
    name: 'node-pg-migrate',
    command: ['npx', 'node-pg-migrate', 'up'],
    secrets: databaseUrl,
    dockerfile: application,
    expects: [...withLockFile, 'node-pg-migrate in package.json', 'migrations'],
    containsService: true,
  },
  {
    id: 'hasura',
    name: 'Hasura',
    command: ['hasura', 'migrate', 'apply', '--all-databases', '--skip-update-check'],
    secrets: { HASURA_GRAPHQL_ENDPOINT: 'http://hasura.hasura.svc:8080', HASURA_GRAPHQL_ADMIN_SECRET: 'SECRET' },
    dockerfile: `FROM node:24.11.1-bookworm-slim
WORKDIR /app
RUN npm install --global hasura-cli@2.38.0
COPY config.yaml ./
COPY migrations ./migrations
`,
    expects: ['config.yaml of the Hasura project', 'migrations'],
    containsService: false,
  },
];
