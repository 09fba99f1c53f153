import { databaseUrl, databaseUrlFor, type ScaffoldTool } from '../scaffold-tool.ts';

const dockerfile = `FROM python:3.13.7-slim-bookworm
WORKDIR /app
COPY requirements.txt ./
RUN pip install --no-cache-dir --requirement requirements.txt
COPY . .
`;

/** SQLAlchemy has refused `postgres://` since 1.4. */
const sqlAlchemyUrl = databaseUrlFor('postgresql');

export const pythonTools: readonly ScaffoldTool[] = [
  {
    id: 'alembic',
    name: 'Alembic',
    command: ['alembic', 'upgrade', 'head'],
    secrets: sqlAlchemyUrl,
    dockerfile,
    expects: [
      'alembic and a database driver in requirements.txt',
      'alembic.ini',
      'alembic/env.py that reads DATABASE_URL',
    ],
    containsService: true,
  },
  {
    id: 'flask',
    name: 'Flask-Migrate',
    command: ['flask', '--app', 'app', 'db', 'upgrade'],
    secrets: sqlAlchemyUrl,
    dockerfile,
    expects: [
      'Flask-Migrate and a database driver in requirements.txt',
      'app.py that reads DATABASE_URL',
      'migrations',
    ],
    containsService: true,
  },
  {
    id: 'django',
    name: 'Django',
    command: ['python', 'manage.py', 'migrate', '--noinput'],
    secrets: databaseUrl,
    dockerfile,
    expects: ['Django and a database driver in requirements.txt', 'manage.py', 'settings that read DATABASE_URL'],
    containsService: true,
  },
  {
    id: 'aerich',
    name: 'Aerich',
    command: ['aerich', 'upgrade'],
    secrets: databaseUrl,
    dockerfile,
    expects: ['aerich and a database driver in requirements.txt', 'pyproject.toml with tool.aerich', 'migrations'],
    containsService: true,
  },
];
