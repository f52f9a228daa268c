/**
 * `npm run organization -- …`: what an operator does with organizations. It opens the store itself, which the embedded one
 * allows to one process at a time.
 */
import { createInProcessBus } from './bus/in-process-bus.ts';
import { type Config, readConfig } from './config.ts';
import { makeDataFolder } from './data-folder.ts';
import { deleteBytes } from './files/files.ts';
import { openFolderBlobStore } from './files/folder-blob-store.ts';
import { createForgetMail } from './mail/forget-mail.ts';
import { createMailFolder } from './mail/mail-folder.ts';
import { type Deletion, type Making, parseOrder } from './organization-order.ts';
import { dissolveOrganization } from './privacy/dissolve-organization.ts';
import { foundOrganization } from './routes/found-organization.ts';
import { createStaffInvitations } from './routes/staff-invitations.ts';
import { openStore } from './store/open-store.ts';
import type { Store } from './store/store.ts';

interface Desk {
  readonly store: Store;
  readonly config: Config;
  readonly now: () => number;
}

async function main(): Promise<void> {
  const order = parseOrder(process.argv.slice(2));
  const config = readConfig();
  makeDataFolder(config.dataDir);
  const store = await openStore({ dataDir: config.dataDir, url: config.databaseUrl ?? undefined });
  const desk = { store, config, now: Date.now };
  try {
    if (order.kind === 'list') await list(desk);
    else if (order.kind === 'delete') await remove(desk, order);
    else await make(desk, order);
  } finally {
    await store.close();
  }
}

/** And its first administrator; prints the link with which they choose a password. */
async function make(desk: Desk, wanted: Making): Promise<void> {
  const agent = await foundOrganization(desk, { ...wanted, passwordHash: '' });
  const { link, expiresAt } = await createStaffInvitations(desk).invite(placeOf(desk.config), agent);
  console.log(`${wanted.organization} is there. ${wanted.person.name} chooses a password with this link,`);
  console.log(`once, until ${new Date(expiresAt).toISOString()}:\n\n  ${link}\n`);
}

async function list({ store }: Desk): Promise<void> {
  for (const { id, name } of await store.organizations.list()) console.log(`${id}  ${name}`);
}

/** The name is asked for as well: nobody types that of another by mistake. */
async function remove({ store, config, now }: Desk, { id, name }: Deletion): Promise<void> {
  const known = await store.queues.organization(id);
  if (!known) throw new Error(`There is no organization ${id}. "list" shows them all.`);
  if (known.name !== name)
    throw new Error(`${id} is called ${known.name}. To delete it for ever, say so: --name "${known.name}"`);
  const blobs = await openFolderBlobStore(config.dataDir);
  const mailFolder = createMailFolder(config.dataDir);
  // Nobody is connected to this process.
  const bus = createInProcessBus({ onListenerError: console.error });
  const files = { deleteBytes: (file: string) => deleteBytes(blobs, file) };
  const forgetMail = createForgetMail({ store, folder: mailFolder });
  await dissolveOrganization({ store, bus, files, forgetMail, mailFolder, now }, id);
  console.log(`${name} is gone, with everything that was in it.`);
}

/** Where the server is found unless `BALIE_PUBLIC_URL` says otherwise. */
const placeOf = ({ host, port }: Config) => ({ protocol: 'http' as const, host: `${host}:${port}` });

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
