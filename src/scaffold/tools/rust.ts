import { databaseUrl, type ScaffoldTool } from '../scaffold-tool.ts';

const builder = 'FROM rust:1.94.0-bookworm AS tools\n';
const base = '\nFROM debian:bookworm-20250811-slim\n';

export const rustTools: readonly ScaffoldTool[] = [
  {
    id: 'diesel',
    name: 'Diesel',
    command: ['diesel', 'migration', 'run', '--migration-dir', '/migrations'],
    secrets: databaseUrl,
    dockerfile: `${builder}RUN cargo install diesel_cli --version 2.3.14 --locked --no-default-features --features postgres
${base}RUN apt-get update && apt-get install --yes --no-install-recommends libpq5 && rm -rf /var/lib/apt/lists/*
COPY --from=tools /usr/local/cargo/bin/diesel /usr/local/bin/diesel
COPY migrations /migrations
`,
    expects: ['migrations'],
    containsService: false,
  },
  {
    id: 'sqlx',
    name: 'SQLx',
    command: ['sqlx', 'migrate', 'run', '--source', '/migrations'],
    secrets: databaseUrl,
    dockerfile: `${builder}RUN cargo install sqlx-cli --version 0.9.0 --locked --no-default-features --features rustls,postgres
${base}COPY --from=tools /usr/local/cargo/bin/sqlx /usr/local/bin/sqlx
COPY migrations /migrations
`,
    expects: ['migrations with 1_first.sql and so on'],
    containsService: false,
  },
  {
    id: 'seaorm',
    name: 'SeaORM',
    command: ['migration', 'up'],
    secrets: databaseUrl,
    dockerfile: `${builder}WORKDIR /app
COPY migration ./migration
RUN cargo build --release --manifest-path migration/Cargo.toml --target-dir /app/target
${base}COPY --from=tools /app/target/release/migration /usr/local/bin/migration
`,
    expects: ['migration, a crate that `sea-orm-cli migrate init` has made, with its Cargo.lock'],
    containsService: false,
  },
];
