import { afterEach, describe, expect, it, vi } from 'vitest';
import type { OfferContent } from '../../protocol/entities.ts';
import type { OfferId } from '../../protocol/ids.ts';
import { limits } from '../../protocol/limits.ts';
import { entriesOf } from '../state/entries.ts';
import {
  contentOf,
  draftOf,
  emptyOffer,
  flawOf,
  formOf,
  type OfferForm,
  withOption,
  withOptionChange,
  withoutOption,
} from '../state/offer-draft.ts';
import { anna, byAnna, byBram, byVisitor, openDesk } from './open-desk.ts';

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const offer = 'offer-0001' as OfferId;
const content: OfferContent = {
  title: 'When suits you?',
  options: [
    { value: 'option-1', label: 'Morning' },
    { value: 'option-2', label: 'Afternoon', description: 'After lunch' },
  ],
  least: 1,
  most: 1,
  optional: true,
};

async function openChat() {
  const desk = await openDesk();
  const log = desk.chatting('ada');
  const entries = () =>
    entriesOf({ events: desk.chat('ada')?.events ?? [], me: anna.id, seen: 0, now: desk.desk.now() });
  const offers = () => entries().flatMap((entry) => (entry.kind === 'offer' ? [entry.offer] : []));
  const lines = () => entries().flatMap((entry) => (entry.kind === 'line' ? [entry.line] : []));
  return { ...desk, log, offers, lines };
}

describe('an offer in the conversation', () => {
  it('stands where it was made, and says there what became of it, also after others have written', async () => {
    const { log, offers, lines } = await openChat();
    log.happen({ type: 'offered', offer, content }, byBram);
    expect(offers()).toMatchObject([{ id: offer, by: { name: 'Bram' }, content, state: { kind: 'open' } }]);
    log.happen({ type: 'message', text: 'let me see', audience: 'everyone' }, byVisitor);
    log.happen({ type: 'answered', offer, values: ['option-2'] }, byVisitor);
    expect(offers()).toMatchObject([{ state: { kind: 'answered', values: ['option-2'], at: Date.now() } }]);
    expect(lines()).toContainEqual({ kind: 'answered', title: 'When suits you?', choice: ['Afternoon'] });
  });

  it('says that it was withdrawn', async () => {
    const { log, offers } = await openChat();
    log.happen({ type: 'offered', offer, content }, byAnna);
    log.happen({ type: 'withdrawn', offer }, byBram);
    expect(offers()).toMatchObject([{ state: { kind: 'withdrawn' } }]);
  });

  it('is news when it is answered', async () => {
    const { log, news } = await openChat();
    log.happen({ type: 'offered', offer, content }, byAnna);
    log.happen({ type: 'answered', offer, values: [] }, byVisitor);
    expect(news.at(-1)).toMatchObject({ kind: 'answer', chat: { id: 'ada' } });
  });

  it('is sent as one command, and withdrawn by its name', async () => {
    const { desk, log, commands } = await openChat();
    desk.act({ type: 'offer', conversation: log.id, content, isKept: false });
    expect(commands().at(-1)).toMatchObject({ conversation: log.id, command: { type: 'offer', content } });
  });

  it('is kept for reuse where that is wanted, without the pictures of this chat; a failure is told', async () => {
    const { desk, api, log } = await openChat();
    const saved = vi.spyOn(api, 'saveOffer').mockResolvedValue(false);
    desk.act({ type: 'offer', conversation: log.id, content, isKept: true });
    await vi.advanceTimersByTimeAsync(0);
    expect(saved).toHaveBeenCalledWith('c', { name: 'When suits you?', content });
    expect(desk.store.get().notice).toEqual({ kind: 'not-kept' });
  });
});

describe('the form of an offer', () => {
  const filled = (): OfferForm => {
    const titled = { ...emptyOffer(), title: ' When? ' };
    return withOptionChange(withOptionChange(titled, 0, { label: 'Morning ' }), 1, { label: 'Afternoon' });
  };

  it('begins with two options and lets no fewer, nor more than the limit', () => {
    expect(emptyOffer().options).toHaveLength(limits.optionsLeast);
    expect(withoutOption(emptyOffer(), 0).options).toHaveLength(limits.optionsLeast);
    const full = Array.from({ length: 40 }).reduce<OfferForm>(withOption, emptyOffer());
    expect(full.options).toHaveLength(limits.optionsMost);
    expect(new Set(full.options.map(({ value }) => value)).size).toBe(limits.optionsMost);
  });

  it('gives a new option a value that no other has, also after one was removed', () => {
    const form = withOption(withoutOption(withOption(filled()), 0));
    expect(new Set(form.options.map(({ value }) => value)).size).toBe(form.options.length);
  });

  it.each([
    ['title', { title: '  ' }],
    ['options', { options: [{ value: 'a', label: 'One', description: '', picture: null }] }],
    ['amount', { several: true, least: 3, most: 2 }],
    ['amount', { several: true, least: 1, most: 3 }],
    ['amount', { several: true, least: 0, most: 2 }],
  ] as const)('names what is wrong: %s', (flaw, change) => {
    expect(flawOf({ ...filled(), ...change } as OfferForm)).toBe(flaw);
  });

  it('takes two options of one text for a mistake', () => {
    expect(flawOf(withOptionChange(filled(), 1, { label: ' Morning' }))).toBe('same');
    expect(flawOf(filled())).toBeNull();
  });

  it('becomes an offer of one choice unless several are allowed; options without a text are left out', () => {
    const form = withOption(filled());
    expect(contentOf(form)).toEqual({
      title: 'When?',
      options: [
        { value: 'option-1', label: 'Morning' },
        { value: 'option-2', label: 'Afternoon' },
      ],
      least: 1,
      most: 1,
      optional: false,
    });
    expect(contentOf({ ...form, several: true, most: 2 })).toMatchObject({ least: 1, most: 2 });
  });

  it('begins with a saved offer as it was, values included', () => {
    expect(contentOf(formOf(content))).toEqual(content);
    expect(draftOf(content)).toEqual(content);
  });
});
