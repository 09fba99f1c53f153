import { databaseUrl, databaseUrlFor, type ScaffoldTool } from '../scaffold-tool.ts';

const dockerfile = `FROM php:8.4.12-cli-bookworm
RUN apt-get update && apt-get install --yes --no-install-recommends libpq-dev unzip && rm -rf /var/lib/apt/lists/* \\
    && docker-php-ext-install pdo_pgsql
COPY --from=composer:2.8.5 /usr/bin/composer /usr/local/bin/composer
WORKDIR /app
COPY . .
RUN composer install --no-interaction --no-progress --prefer-dist
`;

export const phpTools: readonly ScaffoldTool[] = [
  {
    id: 'laravel',
    name: 'Laravel',
    command: ['php', 'artisan', 'migrate', '--force'],
    secrets: { DB_URL: databaseUrl.DATABASE_URL },
    dockerfile,
    expects: ['composer.lock', 'config/database.php that reads DB_URL', 'database/migrations'],
    containsService: true,
  },
  {
    id: 'doctrine',
    name: 'Doctrine',
    command: ['php', 'bin/console', 'doctrine:migrations:migrate', '--no-interaction', '--allow-no-migration'],
    secrets: databaseUrl,
    dockerfile,
    expects: ['composer.lock with doctrine/doctrine-migrations-bundle', 'bin/console', 'migrations'],
    containsService: true,
  },
  {
    id: 'phinx',
    name: 'Phinx',
    command: ['vendor/bin/phinx', 'migrate', '--environment', 'production'],
    // The scheme is the name of Phinx's adapter.
    secrets: databaseUrlFor('pgsql'),
    dockerfile,
    expects: [
      'composer.lock with robmorgan/phinx',
      'phinx.php with "production" that reads DATABASE_URL',
      'db/migrations',
    ],
    containsService: true,
  },
];
