/** Commands that check once whether a database answers. */
export const databaseProbe = /\b(pg_isready|mysqladmin|mariadb-admin|nc|ncat|netcat)\b|\/dev\/tcp\//;
