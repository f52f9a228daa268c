/**
 * `npm run organization -- --name Gloed --email ada@gloed.example`: makes an organization and its first administrator,
 * and prints the link with which they choose a password. It opens the store itself, which the embedded one allows to one
 * process at a time.
 */
import { parseArgs } from 'node:util';
import { limits } from '../protocol/limits.ts';
import { type Config, readConfig } from './config.ts';
import { makeDataFolder } from './data-folder.ts';
import { parseEmail } from './domain/contact.ts';
import { foundOrganization } from './routes/found-organization.ts';
import { createStaffInvitations } from './routes/staff-invitations.ts';
import { openStore } from './store/open-store.ts';

const usage = `Usage: npm run organization -- --name <organization> --email <address> [--person <name>]

  --name    what the organization is called
  --email   of its first administrator, who gets a link to choose a password with
  --person  what the administrator is called; without it, what stands before the @`;

interface Wanted {
  readonly organization: string;
  readonly person: { readonly name: string; readonly email: string };
}

async function main(): Promise<void> {
  const wanted = parseWanted(process.argv.slice(2));
  const config = readConfig();
  makeDataFolder(config.dataDir);
  const store = await openStore({ dataDir: config.dataDir, url: config.databaseUrl ?? undefined });
  try {
    const context = { store, config, now: Date.now };
    const agent = await foundOrganization(context, { ...wanted, passwordHash: '' });
    const { link, expiresAt } = await createStaffInvitations(context).invite(placeOf(config), agent);
    console.log(`${wanted.organization} is there. ${wanted.person.name} chooses a password with this link,`);
    console.log(`once, until ${new Date(expiresAt).toISOString()}:\n\n  ${link}\n`);
  } finally {
    await store.close();
  }
}

function parseWanted(args: readonly string[]): Wanted {
  const options = { name: { type: 'string' }, email: { type: 'string' }, person: { type: 'string' } } as const;
  const { values } = parseArgs({ args: [...args], options });
  const organization = values.name?.trim() ?? '';
  const email = parseEmail(values.email ?? '');
  const name = values.person?.trim() || (values.email ?? '').split('@')[0] || '';
  if (!organization || [organization, name].some((text) => text.length > limits.nameLength) || !email.ok)
    throw new Error(usage);
  return { organization, person: { name, email: email.value.toLowerCase() } };
}

/** Where the server is found unless `BALIE_PUBLIC_URL` says otherwise. */
const placeOf = ({ host, port }: Config) => ({ protocol: 'http' as const, host: `${host}:${port}` });

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
