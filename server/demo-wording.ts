import type { AgentId, OrganizationId, PresetId, QueueId, SavedOfferId } from '../protocol/ids.ts';
import type { Store } from './store/store.ts';

interface WordingOptions {
  readonly store: Store;
  readonly organization: OrganizationId;
  readonly support: QueueId;
  readonly sales: QueueId;
  readonly admin: AgentId;
  readonly now: number;
}

/** What the demo's administrator wrote beforehand: presets in folders, an offer to reuse, a form for the end of a chat. */
export async function seedWording({ store, organization, support, sales, admin, now }: WordingOptions): Promise<void> {
  if ((await store.presets.listOf(organization)).length > 0) return;
  const presets = [
    ['', null, 'Greeting', 'Hello {{name}}, this is {{agent}}. How can I help?'],
    ['', null, 'One moment', 'One moment please, I will look it up for you.'],
    ['', null, 'Goodbye', 'Thank you for your visit, {{name}}. Have a good day!'],
    [
      'Delivery',
      null,
      'When it leaves',
      'What you order before 16:00 leaves the same day, and is with you in two days.',
    ],
    ['Delivery', null, 'Where to follow it', 'You find where your parcel is under Orders. We also write to {{email}}.'],
    [
      'Repairs',
      support,
      'How it works',
      'Every lamp of ours can be repaired. Send us a picture of the part, and we send you a new one.',
    ],
    ['Business', sales, 'Quote', 'I will prepare a quote for customer {{customer_number}} and send it today.'],
  ] as const;
  for (const [place, [folder, queue, title, text]] of presets.entries())
    await store.presets.create({
      id: `demo-preset-${place}` as PresetId,
      organization,
      queue,
      folder,
      title,
      text,
      place,
    });
  await store.savedOffers.create({
    id: 'demo-offer' as SavedOfferId,
    organization,
    name: 'When may we call?',
    content: {
      title: 'When may we call you?',
      options: [
        { value: 'morning', label: 'In the morning', description: 'Between 9 and 12' },
        { value: 'afternoon', label: 'In the afternoon', description: 'Between 13 and 17' },
        { value: 'evening', label: 'In the evening', description: 'Between 18 and 20' },
      ],
      least: 1,
      most: 1,
      optional: true,
    },
    savedBy: admin,
    savedAt: now,
  });
  const closing = { categories: ['Question', 'Order', 'Complaint'], required: false };
  await store.queues.update(organization, sales, { closing });
}
