import { parseArgs } from 'node:util';
import type { OrganizationId } from '../protocol/ids.ts';
import { limits } from '../protocol/limits.ts';
import { parseEmail } from './domain/contact.ts';

export interface Making {
  readonly kind: 'make';
  readonly organization: string;
  readonly person: { readonly name: string; readonly email: string };
}
export interface Deletion {
  readonly kind: 'delete';
  readonly id: OrganizationId;
  readonly name: string;
}

const usage = `Usage: npm run organization -- --name <organization> --email <address> [--person <name>]
       npm run organization -- list
       npm run organization -- delete <id> --name <organization>

  --name    what the organization is called; to delete one, it must be the name of that id
  --email   of its first administrator, who gets a link to choose a password with
  --person  what the administrator is called; without it, what stands before the @`;

/** What the command line asks for; throws an `Error` that says how it is used. */
export function parseOrder(args: readonly string[]): Making | Deletion | { readonly kind: 'list' } {
  const options = { name: { type: 'string' }, email: { type: 'string' }, person: { type: 'string' } } as const;
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const [verb, id, ...rest] = positionals;
  if (verb === undefined) return making(values);
  if (verb === 'list' && id === undefined) return { kind: 'list' };
  if (verb === 'delete' && id !== undefined && rest.length === 0)
    return { kind: 'delete', id: id as OrganizationId, name: values.name?.trim() ?? '' };
  throw new Error(usage);
}

function making(values: { readonly name?: string; readonly email?: string; readonly person?: string }): Making {
  const organization = values.name?.trim() ?? '';
  const email = parseEmail(values.email ?? '');
  const name = values.person?.trim() || (values.email ?? '').split('@')[0] || '';
  if (!organization || [organization, name].some((text) => text.length > limits.nameLength) || !email.ok)
    throw new Error(usage);
  return { kind: 'make', organization, person: { name, email: email.value.toLowerCase() } };
}
