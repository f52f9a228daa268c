import type { OfferAnswer, TranscriptLine } from '../domain/transcript-lines.ts';
import { type Letter, letter } from './letter.ts';
import { html, type Markup } from './markup.ts';
import { createSay, type MailLanguage, type Say } from './wording.ts';

interface TranscriptOptions {
  readonly lines: readonly TranscriptLine[];
  readonly site: string;
  readonly language: MailLanguage;
  /** IANA. The visitor's own is not known, so the mail says which it is. */
  readonly timeZone: string;
}

interface Words {
  readonly say: Say;
  readonly time: (at: number) => string;
}

/** What was said, for who was there. The subject is always the same, so that nobody writes it but us. */
export function transcriptLetter({ lines, site, language, timeZone }: TranscriptOptions): Letter {
  const say = createSay(language);
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'full', timeZone });
  const clock = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone });
  const words: Words = { say, time: (at) => clock.format(at) };
  const days = Map.groupBy(lines, ({ at }) => day.format(at));
  return letter({
    language,
    subject: say('transcript.subject'),
    title: say('transcript.title', { site }),
    lines: [...days].flatMap(([date, group]) => ['', `-- ${date} --`, ...group.map((line) => plainLine(line, words))]),
    content: [...days].flatMap(([date, group]) => [
      html`<h2 style="margin:16px 0 8px;font-size:14px;font-weight:600;opacity:.8">${date}</h2>\n`,
      ...group.map((line) => richLine(line, words)),
    ]),
    foot: [say('transcript.zone', { zone: timeZone }), say('transcript.why')],
  });
}

/** What follows in the same line of a chat is set in, so that no message can look like one of somebody else's. */
function plainLine(line: TranscriptLine, { say, time }: Words): string {
  const spoken = 'author' in line ? `${line.author ?? say('you')}: ${saidIn(line, say).join('\n')}` : note(line, say);
  return `[${time(line.at)}] ${spoken}`.replace(/\r\n?|[\n\v\f\u0085\u2028\u2029]/g, '\n    ');
}

function richLine(line: TranscriptLine, { say, time }: Words): Markup {
  if (!('author' in line))
    return html`<p style="margin:8px 0;font-size:13px;opacity:.8" dir="auto">${time(line.at)} · ${note(line, say)}</p>\n`;
  const said = saidIn(line, say).filter((part) => part !== '');
  return html`<div style="margin:0 0 12px;padding:8px 12px;border:1px solid #8a9698;border-radius:12px">
<p style="margin:0 0 4px;font-size:13px"><strong><bdi>${line.author ?? say('you')}</bdi></strong> · ${time(line.at)}</p>
${said.map((part) => html`<p style="margin:0;white-space:pre-wrap;overflow-wrap:anywhere" dir="auto">${part}</p>\n`)}
</div>
`;
}

function saidIn(line: Extract<TranscriptLine, { author: unknown }>, say: Say): string[] {
  if (line.kind === 'offer')
    return [line.title, say('offer.options', { options: line.options.join(' · ') }), answerIn(line.answer, say)];
  const files = line.files.length > 0 ? [say('files', { names: line.files.join(', ') })] : [];
  return [...(line.text === '' ? [] : [line.text]), ...files];
}

const answerIn = (answer: OfferAnswer, say: Say): string =>
  answer.state === 'chosen'
    ? say('offer.chosen', { options: answer.labels.join(' · ') })
    : say(`offer.${answer.state}`);

function note(line: Exclude<TranscriptLine, { author: unknown }>, say: Say): string {
  return line.kind === 'ended' ? say(`ended.${line.by}`, { name: line.name }) : say(line.kind, { name: line.name });
}
