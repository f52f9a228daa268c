/** Node's flags for the server, as `npm run serve` has them. In `.mjs`, which any Node runs. */
export function serverFlags(): string[];
