import { databaseUrl, type ScaffoldTool } from '../scaffold-tool.ts';

/** Ruby, .NET and Elixir, with one tool each. */
export const otherTools: readonly ScaffoldTool[] = [
  {
    id: 'rails',
    name: 'Rails',
    command: ['bundle', 'exec', 'rails', 'db:migrate'],
    secrets: { ...databaseUrl, SECRET_KEY_BASE: 'SECRET' },
    dockerfile: `FROM ruby:3.4.5-slim-bookworm
RUN apt-get update && apt-get install --yes --no-install-recommends build-essential libpq-dev libyaml-dev \\
    && rm -rf /var/lib/apt/lists/*
WORKDIR /app
ENV RAILS_ENV=production
COPY Gemfile Gemfile.lock ./
RUN bundle install
COPY . .
`,
    expects: ['Gemfile.lock', 'db/migrate'],
    containsService: true,
  },
  {
    id: 'efcore',
    name: 'EF Core',
    command: ['/app/efbundle', '--connection', '$(CONNECTION_STRING)'],
    secrets: { CONNECTION_STRING: 'Host=HOST;Database=DATABASE;Username=USER;Password=PASSWORD' },
    dockerfile: `FROM mcr.microsoft.com/dotnet/sdk:10.0.100 AS build
WORKDIR /app
RUN dotnet tool install dotnet-ef --version 10.0.0 --tool-path /tools
COPY . .
RUN mkdir /out && /tools/dotnet-ef migrations bundle --self-contained --output /out/efbundle

FROM mcr.microsoft.com/dotnet/runtime-deps:10.0.0
COPY --from=build /out/efbundle /app/efbundle
`,
    expects: ['one project with Microsoft.EntityFrameworkCore.Design', 'Migrations'],
    containsService: true,
  },
  {
    id: 'ecto',
    name: 'Ecto',
    command: ['mix', 'ecto.migrate'],
    secrets: { ...databaseUrl, SECRET_KEY_BASE: 'SECRET' },
    dockerfile: `FROM elixir:1.18.3-otp-27
WORKDIR /app
ENV MIX_ENV=prod
RUN mix local.hex --force && mix local.rebar --force
COPY mix.exs mix.lock ./
RUN mix deps.get --only prod
COPY . .
RUN mix compile
`,
    expects: ['mix.lock', 'config/runtime.exs that reads DATABASE_URL', 'priv/repo/migrations'],
    containsService: true,
  },
];
