import { type Kysely, type Selectable, type SqlBool, sql, type Updateable } from 'kysely';
import type { ProfileId } from '../../protocol/ids.ts';
import type { AgentTable, DutyTable, Schema } from './schema.ts';
import type { Agent, AgentChange, Agents, Duty, NewAgent, TwoFactor } from './store.ts';
import { withinTransaction } from './within-transaction.ts';

const isOnDuty = sql<SqlBool>`duty.state <> 'off'`;
/** Why so: see `conversations.ts`. */
const isGuestIn = sql<SqlBool>`conversation.guests <> '[]' and conversation.phase = 'active'
  and replace(conversation.guests, '"' || agent.id || '"', '') <> conversation.guests`;
/** Conversations with them, and what stands before them. */
const load = sql<number>`(select count(*) from conversation
    where conversation.agent = agent.id and conversation.phase in ('presented', 'active'))
  + (select count(*) from conversation where conversation.asked = agent.id)
  + (select count(*) from conversation where ${isGuestIn})`;

/** The tables `agent` and `agent_profile`: the people; and `duty`: how each of them is logged on, one row at most. */
export function createAgents(db: Kysely<Schema>): Agents {
  const agents = () => db.selectFrom('agent').selectAll();

  async function withProfiles(row: Selectable<AgentTable> | undefined): Promise<Agent | null> {
    if (!row) return null;
    const query = db.selectFrom('agent_profile').select('profile').where('agent', '=', row.id).orderBy('place');
    return toAgent(
      row,
      (await query.execute()).map(({ profile }) => profile),
    );
  }

  return {
    async create(agent) {
      await withinTransaction(db, async (transaction) => {
        await transaction.insertInto('agent').values(toRow(agent)).execute();
        const { organization, id, profiles } = agent;
        const rows = profiles.map((profile, place) => ({ organization, agent: id, profile, place }));
        if (rows.length > 0) await transaction.insertInto('agent_profile').values(rows).execute();
      });
    },

    async update(organization, id, change) {
      const { profiles } = change;
      try {
        await db.transaction().execute(async (transaction) => {
          const columns = toAgentChange(change);
          const own = transaction
            .updateTable('agent')
            .set({ id, ...columns })
            .where('organization', '=', organization);
          if ((await own.where('id', '=', id).executeTakeFirst()).numUpdatedRows === 0n || !profiles) return;
          const had = transaction.deleteFrom('agent_profile').where('organization', '=', organization);
          await had.where('agent', '=', id).execute();
          const rows = profiles.map((profile, place) => ({ organization, agent: id, profile, place }));
          if (rows.length > 0) await transaction.insertInto('agent_profile').values(rows).execute();
        });
        return true;
      } catch (error) {
        const other = change.email === undefined ? null : await this.findByEmail(change.email);
        if (!other || other.id === id) throw error;
        return false;
      }
    },

    async useSecondFactor({ organization, id, twoFactor }, rest) {
      if (!twoFactor) return false;
      const query = db.updateTable('agent').set(toTwoFactorColumns(rest)).where('organization', '=', organization);
      const asRead = toTwoFactorColumns(twoFactor);
      const unused = query
        .where('id', '=', id)
        .where('totp', '=', asRead.totp)
        .where('totp_step', '=', asRead.totp_step)
        .where('recovery', '=', asRead.recovery);
      return (await unused.executeTakeFirst()).numUpdatedRows > 0n;
    },

    async peopleOf(organization) {
      const rows = await agents().where('organization', '=', organization).orderBy('name').orderBy('id').execute();
      const query = db
        .selectFrom('agent_profile')
        .select(['agent', 'profile'])
        .where('organization', '=', organization);
      const links = await query.orderBy('place').execute();
      const byAgent = Map.groupBy(links, ({ agent }) => agent);
      return rows.map((row) =>
        toAgent(
          row,
          (byAgent.get(row.id) ?? []).map(({ profile }) => profile),
        ),
      );
    },

    find: async (id) => withProfiles(await agents().where('id', '=', id).executeTakeFirst()),
    findByEmail: async (email) =>
      withProfiles(await agents().where('email', '=', email.toLowerCase()).executeTakeFirst()),

    async duty(id) {
      const row = await db.selectFrom('duty').selectAll().where('agent', '=', id).executeTakeFirst();
      return row ? toDuty(row) : { agent: id, ...offDuty };
    },

    async dutiesOf(organization) {
      const query = db.selectFrom('duty').selectAll().where('organization', '=', organization);
      return (await query.execute()).map(toDuty);
    },

    async setDuty(id, change) {
      const columns = toChange(change);
      const agent = await db.selectFrom('agent').select('organization').where('id', '=', id).executeTakeFirstOrThrow();
      const row = await db
        .insertInto('duty')
        .values({ agent: id, ...agent, ...toDutyColumns({ ...offDuty, ...change }) })
        .onConflict((conflict) => conflict.column('agent').doUpdateSet({ agent: id, ...columns }))
        .returningAll()
        .executeTakeFirstOrThrow();
      return toDuty(row);
    },

    async listOf(organization) {
      const rows = await db
        .selectFrom('agent')
        .leftJoin('duty', 'duty.agent', 'agent.id')
        .select(['agent.id', 'agent.name', 'agent.room', 'duty.state', 'duty.reason', 'duty.lost_at', load.as('load')])
        .where('agent.organization', '=', organization)
        .orderBy('agent.name')
        .orderBy('agent.id')
        .execute();
      return rows.map(({ state, lost_at, ...row }) => ({
        ...row,
        state: state ?? 'off',
        connected: state !== null && lost_at === null,
      }));
    },

    async candidates(queue) {
      const rows = await db
        .selectFrom('profile_queue')
        .innerJoin('duty', 'duty.profile', 'profile_queue.profile')
        .innerJoin('agent', 'agent.id', 'duty.agent')
        .select(['duty.agent', 'agent.room', 'duty.idle_since', 'duty.wrap_up_until', load.as('load')])
        .where('profile_queue.queue', '=', queue)
        .where(isOnDuty)
        .where('duty.state', '=', 'ready')
        .where('duty.lost_at', 'is', null)
        .execute();
      return rows.map(({ idle_since, wrap_up_until, ...row }) => ({
        ...row,
        idleSince: idle_since,
        freeAt: wrap_up_until ?? 0,
      }));
    },

    async countReady(queue) {
      const query = db.selectFrom('profile_queue').innerJoin('duty', 'duty.profile', 'profile_queue.profile');
      const count = query.select((select) => select.fn.countAll<number>().as('count'));
      const ready = count.where('profile_queue.queue', '=', queue).where('duty.state', '=', 'ready');
      return (await ready.executeTakeFirstOrThrow()).count;
    },

    async lostSince(before) {
      const hasConversations = sql<SqlBool>`exists (select 1 from conversation
        where conversation.agent = duty.agent and conversation.phase in ('presented', 'active'))
        or exists (select 1 from conversation where conversation.asked = duty.agent)
        or exists (select 1 from conversation where ${isGuestIn})`;
      const rows = await db
        .selectFrom('duty')
        .innerJoin('agent', 'agent.id', 'duty.agent')
        .selectAll('duty')
        .where('lost_at', '<=', before)
        .where((where) => where.or([isOnDuty, hasConversations]))
        .orderBy('lost_at')
        .execute();
      return rows.map(toDuty);
    },

    async loseAll(at) {
      await db.updateTable('duty').set({ lost_at: at }).where('lost_at', 'is', null).execute();
    },
  };
}

/** Never connected is lost since ever. */
const offDuty: Omit<Duty, 'agent'> = {
  state: 'off',
  profile: null,
  pausedBy: null,
  reason: null,
  since: 0,
  idleSince: 0,
  missed: 0,
  wrapUpUntil: null,
  lostAt: 0,
};

const toRow = (agent: NewAgent): AgentTable => ({
  id: agent.id,
  organization: agent.organization,
  name: agent.name,
  email: agent.email.toLowerCase(),
  password_hash: agent.passwordHash,
  role: agent.role,
  room: agent.room,
  languages: JSON.stringify(agent.languages ?? []),
  disabled_at: agent.disabledAt ?? null,
  ...toTwoFactorColumns(agent.twoFactor ?? null),
});

const toTwoFactorColumns = (twoFactor: TwoFactor | null) => ({
  totp: twoFactor?.secret ?? null,
  totp_step: twoFactor?.step ?? 0,
  recovery: JSON.stringify(twoFactor?.recovery ?? []),
});

const toAgentChange = (change: AgentChange): Updateable<AgentTable> => ({
  ...(change.name !== undefined && { name: change.name }),
  ...(change.email !== undefined && { email: change.email.toLowerCase() }),
  ...(change.passwordHash !== undefined && { password_hash: change.passwordHash }),
  ...(change.role !== undefined && { role: change.role }),
  ...(change.room !== undefined && { room: change.room }),
  ...(change.languages && { languages: JSON.stringify(change.languages) }),
  ...(change.disabledAt !== undefined && { disabled_at: change.disabledAt }),
  ...(change.twoFactor !== undefined && toTwoFactorColumns(change.twoFactor)),
});

const toAgent = (row: Selectable<AgentTable>, profiles: ProfileId[]): Agent => ({
  id: row.id,
  organization: row.organization,
  name: row.name,
  email: row.email,
  passwordHash: row.password_hash,
  role: row.role,
  room: row.room,
  profiles,
  languages: JSON.parse(row.languages),
  disabledAt: row.disabled_at,
  twoFactor: row.totp === null ? null : { secret: row.totp, step: row.totp_step, recovery: JSON.parse(row.recovery) },
});

const toDutyColumns = (duty: Omit<Duty, 'agent'>): Omit<DutyTable, 'agent' | 'organization'> => ({
  state: duty.state,
  profile: duty.profile,
  paused_by: duty.pausedBy,
  reason: duty.reason,
  since: duty.since,
  idle_since: duty.idleSince,
  missed: duty.missed,
  lost_at: duty.lostAt,
  wrap_up_until: duty.wrapUpUntil,
});

const toChange = (change: Partial<Omit<Duty, 'agent'>>): Updateable<DutyTable> => ({
  ...(change.state !== undefined && { state: change.state }),
  ...(change.profile !== undefined && { profile: change.profile }),
  ...(change.pausedBy !== undefined && { paused_by: change.pausedBy }),
  ...(change.reason !== undefined && { reason: change.reason }),
  ...(change.since !== undefined && { since: change.since }),
  ...(change.idleSince !== undefined && { idle_since: change.idleSince }),
  ...(change.missed !== undefined && { missed: change.missed }),
  ...(change.lostAt !== undefined && { lost_at: change.lostAt }),
  ...(change.wrapUpUntil !== undefined && { wrap_up_until: change.wrapUpUntil }),
});

const toDuty = (row: Selectable<DutyTable>): Duty => ({
  agent: row.agent,
  state: row.state,
  profile: row.profile,
  pausedBy: row.paused_by,
  reason: row.reason,
  since: row.since,
  idleSince: row.idle_since,
  missed: row.missed,
  lostAt: row.lost_at,
  wrapUpUntil: row.wrap_up_until,
});
