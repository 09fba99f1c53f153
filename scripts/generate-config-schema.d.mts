export function generateConfigSchema(): Promise<Record<string, string>>;
