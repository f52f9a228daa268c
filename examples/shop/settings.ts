/** What the shop knows of Balie: an address, its site's id, and the key that its owner made in the console. */
export interface Settings {
  readonly port: number;
  readonly balieUrl: URL;
  readonly site: string;
  readonly keyId: string;
  readonly secret: string;
}

/** Throws an error whose message is one line for the person who starts the shop. */
export function readSettings(env: Record<string, string | undefined>): Settings {
  const need = (name: string) => {
    const value = env[name];
    if (!value) throw new Error(`${name} is not set. npm start sets it; README.md in examples/shop tells what it is.`);
    return value;
  };
  const port = Number(env.DEMO_PORT ?? 8081);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`DEMO_PORT must be a port number, not "${env.DEMO_PORT}".`);
  }
  const address = need('BALIE_URL');
  if (!URL.canParse(address)) throw new Error(`BALIE_URL must be an address, not "${address}".`);
  return {
    port,
    balieUrl: new URL(address),
    site: need('BALIE_SITE'),
    keyId: need('BALIE_KEY_ID'),
    secret: need('BALIE_KEY_SECRET'),
  };
}
