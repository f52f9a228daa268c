import type { TestContext } from 'vitest';
import type { FileRef } from '../../protocol/entities.ts';
import type { Config } from '../config.ts';
import { origin } from './furnish.ts';
import { openServer } from './open-server.ts';
import { signTicket, type TicketParts } from './sign-ticket.ts';

export type Content = string | Uint8Array<ArrayBuffer>;

/** A form with these files, by their names. */
export function formOf(files: Readonly<Record<string, Content>> | readonly (readonly [string, Content])[]): FormData {
  const form = new FormData();
  for (const [name, content] of Array.isArray(files) ? files : Object.entries(files))
    form.append('file', new Blob([content]), name);
  return form;
}

export const codeOf = async (answer: Response): Promise<string> =>
  ((await answer.json()) as { error: { code: string } }).error.code;

export const filesOf = async (answer: Response): Promise<FileRef[]> => {
  const body = (await answer.json()) as { files?: FileRef[] };
  if (!body.files) throw new Error(`An upload gave ${answer.status}: ${JSON.stringify(body)}`);
  return body.files;
};

/** A chat between Anna and a visitor, and the ways to upload to it and open what is in it. */
export async function openFiles(t: TestContext, settings: Partial<Config> = {}) {
  const server = await openServer(t, settings);
  const anna = await server.agent();
  const visitor = await server.visitor();
  await visitor.request();
  const conversation = await anna.accept();

  const ticket = (change: Partial<TicketParts> = {}) => signTicket(visitor, { conversation, ...change });
  const byVisitor = async (form: FormData, change: { authorization?: string; to?: string } = {}) =>
    fetch(`${server.url}/api/visitor/conversations/${change.to ?? conversation}/files`, {
      method: 'POST',
      headers: { origin, authorization: change.authorization ?? `Bearer ${await ticket()}` },
      body: form,
    });
  const byAgent = (form: FormData, audience = 'everyone', agent = anna) =>
    agent.fetch(`/api/conversations/${conversation}/files?audience=${audience}`, { method: 'POST', body: form });

  return {
    server,
    anna,
    visitor,
    conversation,
    ticket,
    byVisitor,
    byAgent,
    /** Uploaded by the agent and sent in a message. */
    async sent(form: FormData, audience: 'everyone' | 'agents' = 'everyone'): Promise<FileRef> {
      const [file] = await filesOf(await byAgent(form, audience));
      if (!file) throw new Error('Nothing was uploaded.');
      await anna.command(conversation, { type: 'message', text: '', audience, files: [file.id] });
      return file;
    },
    openAsVisitor: async (
      id: string,
      path = '',
      headers: Record<string, string> = {},
      change: Partial<TicketParts> = {},
    ) => fetch(`${server.url}/files/${id}${path}?ticket=${await ticket(change)}`, { headers }),
    openAsAgent: (id: string, path = '', agent = anna) => agent.fetch(`/files/${id}${path}`),
    /** Nothing is left of a refused upload: neither a row nor bytes. */
    rows: () => server.context.store.files.unsent(Number.MAX_SAFE_INTEGER, 1000),
  };
}
