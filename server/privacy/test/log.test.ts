import { expect, test } from 'vitest';
import { password, secret } from '../../test/furnish.ts';
import { formOf } from '../../test/open-files.ts';
import { openServer } from '../../test/open-server.ts';
import { signToken } from '../../test/sign-token.ts';
import { newKeys } from '../../test/test-visitor.ts';
import { canariesOf, chat } from './canary-visitor.ts';

/** What turns a terminal red, or begins a line of its own. */
const forged = '\u001b[31m\r\n{"level":60,"msg":"forged"}';

test('G222 a whole session, with all that goes wrong in it, leaves nothing of anybody in the log at level debug', async (t) => {
  const server = await openServer(t);
  const anna = await server.agent();
  const admin = await server.signIn('admin-a');
  const canaries = canariesOf('canary');
  const { visitor, token, conversation } = await chat(server, anna, canaries, { end: false });

  const bad = await signToken({ subject: canaries.subject, variables: { [`v${forged}`]: canaries.variable } });
  await visitor.identify(`${token?.slice(0, -4)}AAAA`);
  await visitor.identify(bad);
  visitor.socket.send(`{"type":"${canaries.message}"}`);
  visitor.socket.send(canaries.message);
  await visitor.command({ type: 'message', text: `${canaries.message}${forged}` });
  await visitor.command({ type: 'answer', offer: 'no-such-offer' as never, values: [canaries.message] });
  const stranger = server.connect({ keys: await newKeys() });
  await stranger.sayHello({ session: visitor.session as string });
  await stranger.reader.ofType('fault');
  await anna.fetch(`/api/conversations/${conversation}/files?audience=everyone`, {
    method: 'POST',
    body: formOf({ [`${canaries.fileName}.exe`]: `MZ${canaries.fileContent}` }),
  });
  await fetch(`${server.url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: server.url, 'user-agent': canaries.name },
    body: JSON.stringify({ email: canaries.email, password: canaries.message }),
  });
  await admin.fetch('/api/privacy/find', { method: 'POST', body: { by: 'email', value: canaries.email, site: 7 } });
  const person = { by: 'subject', value: canaries.subject, site: null };
  await admin.fetch('/api/privacy/erasures', { method: 'POST', body: person });
  await server.context.privacy.wake();

  const log = server.log();
  const { session } = visitor;
  const secrets = [
    password,
    secret,
    session as string,
    token as string,
    anna.csrf,
    anna.cookie.split('=')[1] as string,
  ];
  for (const one of [...Object.values(canaries), ...secrets, 'canary', 'forged', '\u001b', '\\u001b'])
    expect([one, log.includes(one)]).toEqual([one, false]);
  for (const line of log.trim().split('\n')) expect(JSON.parse(line).level).toBeLessThan(60);
});
