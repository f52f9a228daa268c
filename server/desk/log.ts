/** Where the desk tells an operator what went wrong; pino fits. Never texts, tokens or names. */
export interface Log {
  error(details: Readonly<Record<string, unknown>>, message: string): void;
  warn(details: Readonly<Record<string, unknown>>, message: string): void;
}
