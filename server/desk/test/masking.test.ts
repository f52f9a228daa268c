import { describe, expect, test } from 'vitest';
import { plainSite } from '../../domain/site.ts';
import { maskRememberedMs } from '../masking.ts';
import { organization, shop } from './furnish.ts';
import { openDesk } from './open-desk.ts';
import { accepted, codeOf, newId } from './people.ts';

const card = '4111 1111 1111 1111';
const hidden = '•••• •••• •••• ••••';
const masking = { patterns: ['card' as const], templates: [] };

async function openMaskingDesk(...[t]: Parameters<typeof openDesk>) {
  const desk = await openDesk(t);
  const setMasking = async (change: typeof masking | typeof plainSite.masking) => {
    await desk.store.sites.update(organization, shop.id, { settings: { ...plainSite, masking: change } });
    await desk.clock.advance(maskRememberedMs);
  };
  await setMasking(masking);
  return { ...desk, setMasking };
}

describe('7: what a site masks is in no event', () => {
  test('whoever wrote it, and wherever', async (t) => {
    const { visitor, agent, log } = await openMaskingDesk(t);
    const anna = await agent('anna');
    const ada = await visitor();
    ada.claims = [{ name: 'card', value: 4111111111111111, verified: false, source: 'page' }];
    const page = { url: 'https://shop.example/?c=4111111111111111', title: `Pay with ${card}` };
    const id = await ada.request({ page, name: `Ada ${card}` });
    await anna.accept(id);
    await ada.say(`it is ${card}`);
    await anna.say(id, `you said ${card}`);
    await anna.say(id, `they said ${card}`, 'agents');
    const options = [
      { value: card, label: card, description: card },
      { value: 'other', label: 'other' },
    ];
    const content = { title: card, options, least: 1, most: 1, optional: false };
    const offer = accepted(await anna.send(id, { type: 'offer', content }));
    expect(offer.ok).toBe(true);
    await ada.desk.visit(ada.session, { ...page, url: 'https://shop.example/next?c=4111%201111%201111%201111' });
    await anna.send(id, { type: 'classify', note: card });

    const text = JSON.stringify(await log(id));
    expect(text.replace(/\D/g, '')).not.toContain('4111111111111111');
    expect(text).toContain(`it is ${hidden}`);
    expect(text).toContain(`they said ${hidden}`);
    expect(text).toContain('"value":"••••••••••••••••"');
  });

  test('R189 a resend is known by what it says, masked or not, and another text is refused', async (t) => {
    const { visitor, log, setMasking } = await openMaskingDesk(t);
    const ada = await visitor();
    const id = await ada.request();
    const command = newId();
    const first = await ada.say(`it is ${card}`, command);
    expect(await ada.say(`it is ${card}`, command)).toEqual(first);
    expect(codeOf(await ada.say('it is another', command))).toBe('conflicting_resend');

    await setMasking(plainSite.masking);
    const open = newId();
    const unmasked = await ada.say(card, open);
    await setMasking(masking);
    expect(await ada.say(card, open)).toEqual(unmasked);
    expect(await log(id)).toHaveLength(3);
  });

  test('a site that masks nothing keeps what was written', async (t) => {
    const { visitor, log, setMasking } = await openMaskingDesk(t);
    await setMasking(plainSite.masking);
    const ada = await visitor();
    const id = await ada.request();
    await ada.say(card);
    expect(JSON.stringify(await log(id))).toContain(card);
  });
});
