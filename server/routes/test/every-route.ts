import type { FastifyInstance } from 'fastify';
import { filesOf, formOf } from '../../test/open-files.ts';
import type { TestServer } from '../../test/open-server.ts';
import type { TestAgent } from '../../test/test-agent.ts';
import { routesOf } from '../staff.ts';
import { type Operation, operations } from './operations.ts';

export const isMutation = (operation: string) => !operation.startsWith('GET');
export const methodOf = (operation: string) => operation.split(' ')[0] as string;
export const namesAnId = (operation: string) => operation.includes('{');
export const isStaffs = ([, { access }]: [string, Operation]) => access !== 'ticket' && access !== 'key';
export const isKeys = ([, { access }]: [string, Operation]) => access === 'key';

/** An agent in a chat with a message and its file, and every route with the ids of both. */
export async function openDesk(server: TestServer) {
  const anna = await server.agent();
  const visitor = await server.visitor();
  await visitor.request();
  const conversation = await anna.accept();
  const upload = { method: 'POST', body: formOf({ 'a.txt': 'text' }) };
  const [file] = await filesOf(await anna.fetch(`/api/conversations/${conversation}/files?audience=everyone`, upload));
  await anna.command(conversation, { type: 'message', text: '', audience: 'everyone', files: [file?.id] });
  return { anna, conversation, all: Object.entries(operations(conversation, file?.id)) };
}

export const ask = (agent: TestAgent, operation: string, { path, body }: Operation) =>
  agent.fetch(path, { method: methodOf(operation), ...(body !== undefined && { body }) });

const deletes = ([operation]: readonly [string, unknown]) => /^DELETE|erasures/.test(operation);
/** What undoes others comes after them. */
export const deletionsLast = <Entry extends readonly [string, unknown]>(all: readonly Entry[]): Entry[] =>
  all.toSorted((one, other) => Number(deletes(one)) - Number(deletes(other)));

/** Answered without looking at who asks, or tried by tests of their own: `files.test.ts`, `realtime/test/tenants.test.ts`, `transcripts.test.ts`, `http-answers.test.ts`. */
const elsewhere =
  /^GET \/($|healthz|readyz|balie\.js|widget\/|console|files\/|api\/(docs|openapi\.json|(visitor|agent)\/socket))|^(HEAD|OPTIONS) |^(GET|POST) \/confirm\/|^POST \/policy-reports$/;

/** All others, and the access that each was registered with. */
export const registered = (app: FastifyInstance): [string, string | undefined][] =>
  routesOf(app)
    .flatMap(({ method, url, config }) =>
      [method]
        .flat()
        .map((name): [string, string | undefined] => [`${name} ${url.replaceAll(/:(\w+)/g, '{$1}')}`, config?.access]),
    )
    .filter(([operation]) => !elsewhere.test(operation));
