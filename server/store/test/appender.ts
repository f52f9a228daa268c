/** A process to be killed: appends without end to the store in the folder given, and prints what was acknowledged. */
import { writeSync } from 'node:fs';
import { openStore } from '../open-store.ts';
import type { ConversationHead } from '../store.ts';
import { follow, furnish, message, newId, open, whisper } from './furnish.ts';

const store = await openStore({ dataDir: String(process.argv[2]) });
const furnished = await furnish(store);
const heads = await Promise.all(Array.from({ length: 20 }, () => open(store, furnished)));
await Promise.all(heads.map(append));

async function append(begun: ConversationHead): Promise<void> {
  for (let head = begun; ; ) {
    const next = follow(head, [message(`after ${head.seq}`), whisper('among us')], { command: newId() });
    const { kind } = await store.log.append(next);
    if (kind !== 'appended') throw new Error(kind);
    head = next.head;
    // At once, past every buffer: what was printed was acknowledged, and what was acknowledged is printed.
    writeSync(1, `${head.id} ${head.seq} ${next.events[0]?.command}\n`);
  }
}
