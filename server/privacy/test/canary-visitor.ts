import type { FileId } from '../../../protocol/ids.ts';
import { origin } from '../../test/furnish.ts';
import { filesOf, formOf } from '../../test/open-files.ts';
import type { TestServer } from '../../test/open-server.ts';
import { signTicket } from '../../test/sign-ticket.ts';
import { signToken } from '../../test/sign-token.ts';
import type { TestAgent } from '../../test/test-agent.ts';
import { newKeys } from '../../test/test-visitor.ts';

/** Everything that a visitor can leave behind, each with a word in it that stands nowhere else. */
export const canariesOf = (name: string) => ({
  subject: `subject-${name}`,
  email: `${name}@mail-${name}.example`,
  name: `Name-${name}`,
  variable: `variable-${name}`,
  claim: `claim-${name}`,
  page: `page-${name}`,
  title: `title-${name}`,
  message: `message-${name}`,
  answered: `answered-${name}`,
  whisper: `whisper-${name}`,
  note: `note-${name}`,
  fileName: `filename-${name}.txt`,
  fileContent: `content-${name}`,
});

export type Canaries = ReturnType<typeof canariesOf>;

/** A whole chat in which every canary is said, ended unless it is to go on. */
export async function chat(
  server: TestServer,
  anna: TestAgent,
  canaries: Canaries,
  { verified = true, end = true } = {},
) {
  const keys = await newKeys();
  const visitor = server.connect({ keys });
  const { subject, email, name, variable } = canaries;
  const token = verified ? await signToken({ subject, variables: { name, email, variable } }) : undefined;
  await visitor.hello({ ...(token !== undefined && { token }), vars: { claim: canaries.claim } });
  const page = { url: `https://shop.example/${canaries.page}`, title: canaries.title };
  const before = anna.reader.frames.length;
  await visitor.request({ page, name, email });
  const conversation = await anna.accept(before);
  await visitor.say(canaries.message);
  await anna.say(conversation, canaries.answered);
  await anna.say(conversation, canaries.whisper, 'agents');
  const answer = await fetch(`${server.url}/api/visitor/conversations/${conversation}/files`, {
    method: 'POST',
    headers: { origin, authorization: `Bearer ${await signTicket(visitor, { conversation })}` },
    body: formOf({ [canaries.fileName]: canaries.fileContent }),
  });
  const [file] = await filesOf(answer);
  await visitor.command({ type: 'message', text: '', files: [file?.id as FileId] });
  await visitor.command({ type: 'transcript', email });
  if (end) {
    await visitor.command({ type: 'end' });
    await anna.command(conversation, { type: 'classify', category: 'Other', note: canaries.note });
  }
  // Their mails lie in the folder now.
  await server.context.mails.caughtUp();
  await server.context.postman.idle();
  return { visitor, conversation, file: file?.id ?? '', token };
}
