import type { ConversationId, FileId } from '../protocol/ids.ts';
import { limits } from '../protocol/limits.ts';
import { signWithKey } from './proof.ts';
import type { Screen } from './ui/screen.ts';
import type { VisitorLine } from './visitor-line.ts';

/** Good for the files of one conversation, until then by the server's clock. */
export interface Ticket {
  readonly conversation: ConversationId;
  readonly until: number;
  /** Empty while it is being signed for the first time. */
  readonly token: string;
}

/** Whoever is about to open a file needs as long to do it. */
const marginMs = 60_000;

/** Says, by the browser's own key, that this visitor may read and upload files of this conversation now. */
export async function signTicket({ site, key, serverNow }: VisitorLine['access'], conversation: ConversationId) {
  const iat = Math.floor(serverNow() / 1000);
  const exp = iat + limits.fileTicketMs / 1000;
  return signWithKey(await key.pair(), 'balie-files+jwt', { aud: site, conversation, iat, exp });
}

/** The ticket now; where it is missing or nearly over another one is signed, and the screen drawn again. */
export function ticketNow({ store, line }: Pick<Screen, 'store' | 'line'>): string {
  const { conversation, ticket } = store.state;
  if (!conversation) return '';
  const mine = ticket?.conversation === conversation ? ticket : undefined;
  const now = line.access.serverNow();
  if (mine && mine.until - now > marginMs) return mine.token;
  const next = { conversation, until: now + limits.fileTicketMs, token: mine?.token ?? '' };
  store.set({ ticket: next });
  void signTicket(line.access, conversation).then((token) => store.set({ ticket: { ...next, token } }));
  return next.token;
}

/** Both lie beside the address of the socket. */
export const uploadAddress = ({ url }: VisitorLine['access'], conversation: ConversationId): string =>
  new URL(`conversations/${conversation}/files`, url.replace(/^ws/, 'http')).href;

/** Undefined before there is a ticket. */
export function fileAddress(screen: Screen, file: FileId, variant: '' | '/thumbnail' = ''): string | undefined {
  const token = ticketNow(screen);
  const address = new URL(`../../files/${file}${variant}`, screen.line.access.url.replace(/^ws/, 'http'));
  address.search = `?ticket=${token}`;
  return token ? address.href : undefined;
}
