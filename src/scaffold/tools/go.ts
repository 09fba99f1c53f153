// biome-ignore-all lint/suspicious/noTemplateCurlyInString: sql-migrate's own settings file has variables of this form.
import { databaseUrl, type ScaffoldTool } from '../scaffold-tool.ts';

/** Installs one program, without the compiler. */
function dockerfile(module: string, program: string): string {
  return `FROM golang:1.26.3-alpine AS tools
ENV CGO_ENABLED=0
RUN go install ${module}

FROM alpine:3.22.2
COPY --from=tools /go/bin/${program} /usr/local/bin/${program}
COPY migrations /migrations
`;
}

export const goTools: readonly ScaffoldTool[] = [
  {
    id: 'goose',
    name: 'goose',
    command: ['goose', '-dir', '/migrations', 'postgres', '$(DATABASE_URL)', 'up'],
    secrets: databaseUrl,
    dockerfile: dockerfile('github.com/pressly/goose/v3/cmd/goose@v3.29.0', 'goose'),
    expects: ['migrations with 00001_first.sql and so on'],
    containsService: false,
  },
  {
    id: 'sql-migrate',
    name: 'sql-migrate',
    command: ['sql-migrate', 'up', '-config=/migrations/dbconfig.yml', '-env=production'],
    secrets: databaseUrl,
    dockerfile: dockerfile('github.com/rubenv/sql-migrate/sql-migrate@v1.8.1', 'sql-migrate'),
    expects: ['migrations/dbconfig.yml with "production", datasource: ${DATABASE_URL} and dir: /migrations'],
    containsService: false,
  },
  {
    id: 'tern',
    name: 'tern',
    command: ['tern', 'migrate', '--migrations', '/migrations', '--conn-string', '$(DATABASE_URL)'],
    secrets: databaseUrl,
    dockerfile: dockerfile('github.com/jackc/tern/v2@v2.3.4', 'tern'),
    expects: ['migrations with 001_first.sql and so on'],
    containsService: false,
  },
];
