import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { Invited, NewPerson, People, Person, PersonChange } from '../../protocol/administration.ts';
import { HttpError } from '../../protocol/http.ts';
import { AgentId, type ProfileId } from '../../protocol/ids.ts';
import { limits } from '../../protocol/limits.ts';
import type { Context } from '../context.ts';
import { createId } from '../identity/secret-token.ts';
import type { Agent } from '../store/store.ts';
import { auditor } from './audited.ts';
import { HttpProblem } from './http-errors.ts';
import { staffOf } from './staff.ts';
import { emailOf } from './staff-email.ts';
import { createStaffInvitations } from './staff-invitations.ts';

const Params = Type.Object({ id: AgentId }, { additionalProperties: false });
const admin = { config: { access: 'admin' } } as const;

/** Who works here: invited, changed, signed out, shut out. Nobody is deleted, since the logs name them. */
export const peopleRoutes =
  (context: Context): FastifyPluginAsyncTypebox =>
  async (app) => {
    const { store, desk, now } = context;
    const audit = auditor(context);
    const invitations = createStaffInvitations(context);

    async function personOf(request: FastifyRequest, id: AgentId): Promise<Agent> {
      const agent = await store.agents.find(id);
      if (agent?.organization !== staffOf(request).agent.organization)
        throw new HttpProblem('not_found', 'There is nobody of this id.');
      return agent;
    }

    /** For the audit log, in which the id of a profile would tell nobody anything. */
    async function plain(agent: Agent) {
      const known = await store.queues.profilesOf(agent.organization);
      const nameOf = (id: ProfileId) => known.find((profile) => profile.id === id)?.name ?? id;
      return { ...personView(agent), profiles: agent.profiles.map(nameOf) };
    }

    async function checkProfiles(request: FastifyRequest, profiles: readonly ProfileId[] = []): Promise<void> {
      const known = await store.queues.profilesOf(staffOf(request).agent.organization);
      const ids = new Set(known.map(({ id }) => id));
      for (const [index, profile] of profiles.entries())
        if (!ids.has(profile))
          throw new HttpProblem('invalid_field', 'There is no such profile.', { field: `profiles.${index}` });
    }

    app.get(
      '/people',
      { ...admin, schema: { summary: 'Everybody', response: { 200: People, '4xx': HttpError } } },
      async (request) => ({
        people: (await store.agents.peopleOf(staffOf(request).agent.organization)).map(personView),
      }),
    );

    app.post(
      '/people',
      {
        ...admin,
        schema: { summary: 'Invite somebody', body: NewPerson, response: { 201: Invited, '4xx': HttpError } },
      },
      async (request, reply) => {
        const { organization } = staffOf(request).agent;
        const email = emailOf(request.body.email);
        await checkProfiles(request, request.body.profiles);
        if (await store.agents.findByEmail(email)) throw taken();
        if ((await store.agents.peopleOf(organization)).length >= limits.people)
          throw new HttpProblem('too_many', `At most ${limits.people} people are kept.`);
        const agent = { ...request.body, email, id: createId<'agent'>(), organization, passwordHash: '' };
        await store.agents.create(agent);
        const person = await personOf(request, agent.id);
        await audit(request, { action: 'person.invite', target: targetOf(person), after: await plain(person) });
        return reply.code(201).send({ person: personView(person), ...(await invitations.invite(request, person)) });
      },
    );

    app.patch(
      '/people/:id',
      {
        ...admin,
        schema: {
          summary: 'Change somebody, or shut them out',
          params: Params,
          body: PersonChange,
          response: { 200: Person, '4xx': HttpError },
        },
      },
      async (request) => {
        const before = await personOf(request, request.params.id);
        const { disabled, email, ...change } = request.body;
        refuseToLockOneselfOut(staffOf(request).agent, before, request.body);
        await checkProfiles(request, change.profiles);
        const done = await store.agents.update(before.organization, before.id, {
          ...change,
          ...(email !== undefined && { email: emailOf(email) }),
          ...(disabled !== undefined && { disabledAt: disabled ? (before.disabledAt ?? now()) : null }),
        });
        if (!done) throw taken();
        // What they may do changed: whoever is signed in as them finds out by signing in again.
        if (disabled || (change.role && change.role !== before.role)) await desk.signOutAgent(before.id);
        const after = await personOf(request, before.id);
        await audit(request, {
          action: 'person.change',
          target: targetOf(after),
          before: await plain(before),
          after: await plain(after),
        });
        return personView(after);
      },
    );

    app.post(
      '/people/:id/invite',
      {
        ...admin,
        schema: {
          summary: 'A new link to choose a password with; the one before is void',
          params: Params,
          response: { 201: Invited, '4xx': HttpError },
        },
      },
      async (request, reply) => {
        const person = await personOf(request, request.params.id);
        if (person.disabledAt !== null) throw new HttpProblem('conflict', 'They are shut out; let them in first.');
        await audit(request, { action: 'person.link', target: targetOf(person) });
        return reply.code(201).send({ person: personView(person), ...(await invitations.invite(request, person)) });
      },
    );

    app.post(
      '/people/:id/sign-out',
      {
        ...admin,
        schema: {
          summary: 'Sign somebody out everywhere',
          params: Params,
          response: { 204: Type.Null(), '4xx': HttpError },
        },
      },
      async (request, reply) => {
        const person = await personOf(request, request.params.id);
        await desk.signOutAgent(person.id);
        await audit(request, { action: 'person.sign_out', target: targetOf(person) });
        return reply.code(204).send(null);
      },
    );

    app.delete(
      '/people/:id/two-factor',
      {
        ...admin,
        schema: {
          summary: 'Take off the second factor of who lost theirs',
          params: Params,
          response: { 200: Person, '4xx': HttpError },
        },
      },
      async (request) => {
        const person = await personOf(request, request.params.id);
        await store.agents.update(person.organization, person.id, { twoFactor: null });
        await audit(request, { action: 'person.two_factor.remove', target: targetOf(person) });
        return personView(await personOf(request, person.id));
      },
    );
  };

function refuseToLockOneselfOut(me: Agent, person: Agent, { role, disabled }: PersonChange): void {
  if (me.id !== person.id) return;
  if (disabled || (role !== undefined && role !== 'admin'))
    throw new HttpProblem('not_allowed', 'Somebody else has to do this to you, so that an administrator is left.', {
      field: disabled ? 'disabled' : 'role',
    });
}

const taken = () => new HttpProblem('conflict', 'Somebody has this e-mail address already.', { field: 'email' });
const targetOf = ({ id, name }: Agent) => ({ kind: 'person', id, name });

export const personView = (agent: Agent): Person => ({
  id: agent.id,
  name: agent.name,
  email: agent.email,
  role: agent.role,
  room: agent.room,
  languages: [...agent.languages],
  profiles: [...agent.profiles],
  state: agent.disabledAt !== null ? 'disabled' : agent.passwordHash === '' ? 'invited' : 'active',
  twoFactor: agent.twoFactor !== null,
});
