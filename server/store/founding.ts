import type { Kysely } from 'kysely';
import { createAgents } from './agents.ts';
import { createAudit } from './audit.ts';
import type { AuditRecord } from './audit-store.ts';
import { createQueues } from './queues.ts';
import type { Organization, ProfileRecord, Queue } from './queues-store.ts';
import type { Schema } from './schema.ts';
import type { NewAgent } from './store.ts';

/** An organization as it begins: with somebody who can sign in, and enough of a desk to make a site. */
export interface Founding {
  readonly organization: Pick<Organization, 'id' | 'name'>;
  readonly queue: Pick<Queue, 'id' | 'organization' | 'name'>;
  readonly profile: ProfileRecord;
  readonly agent: NewAgent;
  readonly entry: AuditRecord;
}

/**
 * All of it or nothing: an organization without an administrator would shut the first-run page, and nobody could open
 * what is behind it.
 */
export async function found(db: Kysely<Schema>, founding: Founding): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const queues = createQueues(transaction);
    await queues.createOrganization(founding.organization);
    await queues.create(founding.queue);
    await queues.createProfile(founding.profile);
    await createAgents(transaction).create(founding.agent);
    await createAudit(transaction).append(founding.entry);
  });
}
